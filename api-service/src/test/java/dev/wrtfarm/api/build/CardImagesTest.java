package dev.wrtfarm.api.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and types as upstream's {@code profiles.json} has them. */
class CardImagesTest {
  @ParameterizedTest
  @CsvSource({
    // x86: ext4 and squashfs, whole disks and root file systems alone
    "'ext4-combined.img.gz combined ext4; ext4-rootfs.img.gz rootfs ext4;"
        + " squashfs-combined.img.gz combined squashfs; squashfs-rootfs.img.gz rootfs squashfs',"
        + " squashfs-combined.img.gz",
    // the same with EFI beside it
    "'ext4-combined.img.gz combined ext4; squashfs-combined-efi.img.gz combined-efi squashfs;"
        + " squashfs-combined.img.gz combined squashfs', squashfs-combined.img.gz",
    // bcm27xx
    "'ext4-factory.img.gz factory ext4; squashfs-factory.img.gz factory squashfs;"
        + " squashfs-sysupgrade.img.gz sysupgrade squashfs', squashfs-factory.img.gz",
    // a device with one image and a kernel
    "'sdcard.img.gz sdcard ext4; kernel.bin kernel -', sdcard.img.gz",
  })
  void what_a_card_usually_takes_needs_no_name(String images, String usual) {
    assertThat(CardImages.usual(artifacts(images)))
        .extracting(each -> each.name)
        .containsExactly(usual);
  }

  @Test
  void between_equals_somebody_has_to_choose() {
    List<Artifact> two = artifacts("a.img.gz sdcard squashfs; b.img.gz sdcard squashfs");

    assertThat(CardImages.usual(two)).hasSize(2);
  }

  @Test
  void what_is_no_disk_is_never_taken() {
    assertThat(
            CardImages.usual(artifacts("x-sysupgrade.bin sysupgrade squashfs; r.img rootfs ext4")))
        .isEmpty();
  }

  private static List<Artifact> artifacts(String text) {
    return Stream.of(text.split(";")).map(each -> artifact(each.strip().split(" "))).toList();
  }

  private static Artifact artifact(String[] parts) {
    Artifact artifact = new Artifact();
    artifact.name = parts[0];
    artifact.type = parts[1];
    artifact.filesystem = parts[2].equals("-") ? null : parts[2];
    return artifact;
  }
}
