package dev.wrtfarm.flash.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.RefusalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found, and refused, on hosts of many kinds. */
class RecordedHostsTest {
  private static final DeviceRules RULES = new DeviceRules(false, DeviceRules.LARGEST_CARD);
  private static final String READER = "pci-0000:00:14.0-usb-0:2:1.0-scsi-0:0:0:";

  @TempDir Path folder;

  @Test
  void a_card_in_a_usb_reader_is_found_by_its_port_and_slot() throws Exception {
    Slots slots = host("lab-pc");

    SlotLook card = slots.look(new SlotConfig("slot-1", READER + "0"));

    assertThat(card.ready())
        .isEqualTo(
            new DeviceFacts(
                READER + "0",
                "/dev/sdb",
                "8:16",
                11,
                62333952L * 512,
                "usb",
                "Generic STORAGE DEVICE (05e3:0749, serial 000000001536)",
                null,
                null,
                "write through",
                false));
    SlotLook empty = slots.look(new SlotConfig("slot-2", READER + "1"));
    assertThat(empty.isEmpty()).isTrue();
    assertThat(refusal(empty).reason()).isEqualTo(RefusalReason.NO_MEDIUM);
    SlotLook away =
        slots.look(new SlotConfig("slot-3", "pci-0000:00:14.0-usb-0:9:1.0-scsi-0:0:0:0"));
    assertThat(away.isEmpty()).isTrue();
    assertThat(refusal(away).reason()).isEqualTo(RefusalReason.NO_DEVICE);
    assertThat(refusal(away).message()).contains("slot-3").contains(READER + "0");
  }

  @Test
  void ports_are_named_as_udev_names_them() throws Exception {
    assertThat(host("lab-pc").readers())
        .extracting(look -> look.slot().port())
        .containsExactly(
            READER + "0",
            READER + "1",
            "pci-0000:00:14.0-usb-0:4.3:1.0-scsi-0:0:0:0",
            "pci-0000:00:14.0-usb-0:1:1.0-scsi-0:0:0:0",
            "pci-0000:00:14.0-usb-0:7:1.0-scsi-0:0:0:0");
    assertThat(host("raspberry-pi").readers())
        .extracting(look -> look.slot().port())
        .containsExactly(
            "platform-fe340000.mmc",
            "platform-fd500000.pcie-pci-0000:01:00.0-usb-0:1.2:1.0-scsi-0:0:0:0",
            "platform-3f980000.usb-usb-0:1.4:1.0-scsi-0:0:0:0");
    assertThat(host("emmc-board").readers())
        .extracting(look -> look.slot().port())
        .containsExactly(
            "pci-0000:02:00.0-platform-rtsx_pci_sdmmc.0",
            "platform-fe330000.mmc",
            "platform-fe330000.mmc-boot0",
            "pci-0000:00:14.0-usb-0:9:1.0-scsi-0:0:0:0");
  }

  @Test
  void an_nvme_with_the_running_system_is_refused_as_such_and_the_mount_is_named()
      throws Exception {
    Slots slots = host("lab-pc");
    refuses(slots, "nvme0n1", RefusalReason.SYSTEM_DISK, "/dev/nvme0n1p2 is mounted at /.");
    refuses(slots, "nvme0n1p3", RefusalReason.PARTITION, "/dev/nvme0n1");
    refuses(slots, "nvme1n1", RefusalReason.KIND_NOT_ALLOWED, "an NVMe disk");
  }

  @Test
  void disks_that_are_no_cards_in_readers_are_refused() throws Exception {
    Slots slots = host("lab-pc");
    refuses(slots, "sda", RefusalReason.KIND_NOT_ALLOWED, "'ata'");
    refuses(slots, "zram0", RefusalReason.KIND_NOT_ALLOWED, "compressed memory");
    refuses(slots, "sdb1", RefusalReason.PARTITION, "/dev/sdb");
    refuses(slots, "sdd", RefusalReason.MOUNTED, "/dev/sdd1 is mounted at /media/lab/USB STICK");
    refuses(slots, "sde", RefusalReason.TOO_LARGE, "1.8 TiB");
    refuses(slots, "sdf", RefusalReason.READ_ONLY, "lock switch");
  }

  @Test
  void the_system_on_an_sd_card_is_refused_and_a_card_in_a_reader_beside_it_is_not()
      throws Exception {
    Slots slots = host("raspberry-pi");
    refuses(slots, "mmcblk0", RefusalReason.SYSTEM_DISK, "/dev/mmcblk0p2 is mounted at /.");
    assertThat(slots.lookAt("local", Path.of("/dev/sda")).ready().size()).isEqualTo(15634268160L);
    DeviceFacts card = slots.look(new SlotConfig("a", "platform-fe340000.mmc")).device();
    assertThat(Objects.requireNonNull(card).cid()).isEqualTo("035344534333324780a1b2c3d4015800");
    assertThat(card.csd()).isEqualTo("400e00325b590000edc87f800a404000");
    assertThat(card.reader()).isEqualTo("SD SC32G");
  }

  @Test
  void emmc_and_its_boot_areas_are_refused_also_when_nothing_uses_them() throws Exception {
    Slots slots = host("emmc-board");
    refuses(slots, "mmcblk1", RefusalReason.EMMC, "soldered");
    refuses(slots, "mmcblk1boot0", RefusalReason.EMMC, "boot");
    refuses(slots, "sdz", RefusalReason.HIDDEN, "/dev/sdz");
    assertThat(slots.lookAt("local", Path.of("/dev/mmcblk0")).ready().bus()).isEqualTo("mmc");
  }

  @Test
  void all_disks_of_a_btrfs_root_are_refused() throws Exception {
    Slots slots = host("btrfs-root");
    refuses(slots, "sda", RefusalReason.SYSTEM_DISK, "/dev/sda2");
    refuses(slots, "sdb", RefusalReason.SYSTEM_DISK, "/dev/sdb is mounted at /");
    assertThat(slots.lookAt("local", Path.of("/dev/sdc")).ready().node()).isEqualTo("/dev/sdc");
  }

  @Test
  void a_system_in_lvm_in_luks_is_refused_by_its_ancestry() throws Exception {
    Slots slots = host("lvm-root");
    refuses(
        slots,
        "sda",
        RefusalReason.SYSTEM_DISK,
        "/dev/dm-1 (vg-root) on /dev/dm-0 (crypt) on /dev/sda3 is mounted at /.");
    Files.writeString(folder.resolve("lvm-root/proc/self/mountinfo"), "");
    refuses(slots, "sda", RefusalReason.SYSTEM_DISK, "root=/dev/mapper/vg-root");
    Files.writeString(folder.resolve("lvm-root/proc/cmdline"), "quiet");
    refuses(slots, "sda", RefusalReason.SWAP, "/dev/dm-2 (vg-swap)");
    Files.writeString(folder.resolve("lvm-root/proc/swaps"), "");
    refuses(slots, "sda", RefusalReason.HELD, "/dev/sda3 is part of /dev/dm-0 (crypt)");
  }

  @Test
  void members_swap_stacked_loops_and_writers_are_refused_and_named() throws Exception {
    Slots slots = host("lvm-root");
    refuses(slots, "sdb", RefusalReason.HELD, "mdadm --stop /dev/md127");
    refuses(slots, "sdd", RefusalReason.HELD, "/dev/dm-3 (luks-stick)");
    refuses(slots, "sde", RefusalReason.SWAP, "swapoff /dev/sde2");
    refuses(slots, "sdf", RefusalReason.STACKED_LOOP, "losetup -d /dev/loop3");
    refuses(slots, "sdg", RefusalReason.IN_USE, "process 4711 (dd) has /dev/sdg open for writing");
    assertThat(slots.lookAt("local", Path.of("/dev/sdh")).refusal())
        .as("somebody only reads")
        .isNull();
    refuses(slots, "dm-3", RefusalReason.KIND_NOT_ALLOWED, "mapped device");
    refuses(slots, "md127", RefusalReason.KIND_NOT_ALLOWED, "RAID");
    refuses(slots, "loop4", RefusalReason.LOOP_NOT_ALLOWED, "test-host=true");
  }

  @Test
  void nothing_is_allowed_when_the_mounts_cannot_be_read() throws Exception {
    Slots slots = host("lab-pc");
    Files.delete(folder.resolve("lab-pc/proc/self/mountinfo"));

    refuses(slots, "sdb", RefusalReason.IN_USE, "cannot be told");
  }

  @Test
  void what_is_no_block_device_is_refused() throws Exception {
    Slots slots = host("lab-pc");
    assertThat(refusal(slots.lookAt("local", Path.of("/dev/null"))).reason())
        .isEqualTo(RefusalReason.NOT_A_BLOCK_DEVICE);
    assertThat(refusal(slots.lookAt("local", folder)).reason())
        .isEqualTo(RefusalReason.NOT_A_BLOCK_DEVICE);
    assertThat(refusal(slots.lookAt("local", Path.of("/dev/sdx"))).reason())
        .isEqualTo(RefusalReason.NO_DEVICE);
    Path file = Files.write(folder.resolve("file"), new byte[8192]);
    assertThat(refusal(slots.lookAt("local", file)).reason())
        .isEqualTo(RefusalReason.NOT_A_BLOCK_DEVICE);
    assertThat(refusal(slots.lookAt("local", file)).message()).contains("test-host=true");
  }

  private Slots host(String name) throws IOException {
    return new Slots(RecordedHost.unpack(name, folder.resolve(name)), RULES);
  }

  private static void refuses(Slots slots, String device, RefusalReason reason, String words) {
    SlotLook look = slots.lookAt("local", Path.of("/dev").resolve(device));
    assertThat(look.refusal()).as(device).isNotNull();
    assertThat(refusal(look).reason()).as(refusal(look).message()).isEqualTo(reason);
    assertThat(refusal(look).message()).contains("/dev/" + device).contains(words);
  }

  private static Refusal refusal(SlotLook look) {
    return Objects.requireNonNull(look.refusal());
  }
}
