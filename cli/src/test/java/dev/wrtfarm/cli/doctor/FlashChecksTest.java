package dev.wrtfarm.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.doctor.Finding.Verdict;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says of flashing, with a folder in the place of the host. */
class FlashChecksTest {
  @TempDir private Path folder;

  @Test
  void what_is_missing_for_flashing_is_a_note_and_never_more() {
    for (boolean root : new boolean[] {true, false}) {
      List<Finding> findings =
          new FlashCheck(new DataFolder(folder.resolve("data")), folder, root).look();

      assertThat(findings).extracting(Finding::subject).contains("emulated card", "demo --boot");
      assertThat(findings)
          .allSatisfy(each -> assertThat(each.verdict()).isIn(Verdict.GOOD, Verdict.NOTE));
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void a_full_disk_is_named_as_such() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "nr_inodes=4,size=64k", "tmpfs", disk);
    if (!mounted) {
      System.err.println("NOT TESTED, this user may mount nothing: a full disk");
    }
    assumeTrue(mounted, "only root can make a small disk");
    try {
      fill(disk);

      Finding card = new FlashCheck(new DataFolder(disk), folder, false).look().getFirst();

      assertThat(card.verdict()).isEqualTo(Verdict.NOTE);
      assertThat(card.text()).contains(disk + " takes no new file").doesNotContain("O_DIRECT");
      assertThat(card.remedy()).contains("make room", "--data");
    } finally {
      assertThat(run("umount", disk)).isTrue();
    }
  }

  private static void fill(Path disk) {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                Files.createFile(disk.resolve("file-" + i));
              }
            })
        .isInstanceOf(FileSystemException.class);
  }

  private static boolean run(Object... words) throws Exception {
    List<String> command = Stream.of(words).map(Object::toString).toList();
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  @Test
  void a_sample_without_a_kernel_is_noted_with_its_own_reason() throws IOException {
    Path site = Files.createDirectories(folder.resolve("local/sample-upstream/target/site"));
    Files.writeString(site.resolve("README.txt"), "A sample.\nThere was no network.\n");

    List<Finding> findings = new FlashCheck(new DataFolder(folder), folder, false).look();

    Finding boot = findings.getLast();
    assertThat(boot.verdict()).isEqualTo(Verdict.NOTE);
    assertThat(boot.text()).containsAnyOf("There was no network.", "QEMU");
    assertThat(boot.remedy()).isNotBlank();
  }

  @Test
  void where_no_agent_is_set_up_nothing_is_said_of_slots() {
    assertThat(slots("nobody-like-this").look()).isEmpty();
  }

  @Test
  void a_reader_that_is_not_there_or_not_the_agents_is_named_with_the_way_out() throws IOException {
    agentWith("pci-1-usb-2");
    assertThat(slots("nobody-like-this").look())
        .singleElement()
        .satisfies(each -> {
          assertThat(each.verdict()).isEqualTo(Verdict.WARNING);
          assertThat(each.subject()).isEqualTo("slot card-1");
          assertThat(each.text()).contains("no device", "pci-1-usb-2");
        });

    Path node = plugIn("pci-1-usb-2");
    assertThat(slots("nobody-like-this").look())
        .singleElement()
        .satisfies(each -> {
          assertThat(each.text()).contains(node.toString(), "belongs to", "may not open");
          assertThat(each.remedy()).contains("udev");
        });
  }

  @Test
  void a_reader_that_is_the_agents_is_fine_unless_it_is_read_only_for_it() throws IOException {
    agentWith("pci-1-usb-2");
    Path node = plugIn("pci-1-usb-2");
    String user = Files.getOwner(node).getName();

    assertThat(slots(user).look()).extracting(Finding::verdict).containsExactly(Verdict.GOOD);
    Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("r--------"));
    assertThat(slots(user).look()).extracting(Finding::verdict).containsExactly(Verdict.WARNING);
  }

  @Test
  void slots_of_a_test_host_have_no_port_to_look_at() throws IOException {
    agentWith("loop:/dev/loop7");

    assertThat(slots("nobody-like-this").look()).isEmpty();
  }

  private SlotsCheck slots(String user) {
    return new SlotsCheck(folder.resolve("agent.properties"), folder.resolve("by-path"), user);
  }

  private void agentWith(String port) throws IOException {
    Files.writeString(
        folder.resolve("agent.properties"),
        "host=lab-1\nslot.card-1.port=%s\nslot.card-1.reset=none\n".formatted(port));
  }

  /** As udev does: a link with the port's name. */
  private Path plugIn(String port) throws IOException {
    Path node = Files.createFile(folder.resolve("sdq")).toRealPath();
    Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("rw-rw----"));
    Files.createSymbolicLink(Files.createDirectory(folder.resolve("by-path")).resolve(port), node);
    return node;
  }
}
