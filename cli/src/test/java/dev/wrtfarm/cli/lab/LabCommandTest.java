package dev.wrtfarm.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.cli.CliRun;
import dev.wrtfarm.cli.flash.FlashStandIn;
import dev.wrtfarm.cli.flash.FlashViews;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.common.agent.Inventory.CardReport;
import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.rest.CardView;
import dev.wrtfarm.common.rest.HostView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabCommandTest {
  private static final DeviceFacts DEVICE =
      new DeviceFacts(
          "usb-1",
          "/dev/sdq",
          "65:0",
          7,
          31_914_983_424L,
          "usb",
          "Reader",
          "1b53",
          null,
          null,
          false);

  @TempDir private Path folder;
  private FlashStandIn farm;

  @BeforeEach
  void a_farm_with_two_hosts() throws IOException {
    farm = new FlashStandIn();
    SlotReport good =
        new SlotReport(
            "card-1",
            "usb-1",
            "ready",
            true,
            97,
            DEVICE,
            new CardReport("cid:1b53", "blue", CardState.QUALIFIED, 88),
            null,
            null);
    SlotReport mounted =
        new SlotReport(
            "card-2",
            "usb-2",
            "refused",
            false,
            100,
            DEVICE,
            null,
            RefusalReason.MOUNTED,
            "/dev/sdq1 is mounted at /mnt/\007stick");
    farm.hosts.add(new HostView("lab-1", "0.1.0", true, Instant.now(), List.of(good, mounted)));
    farm.hosts.add(
        new HostView("lab-2", "0.1.0", false, Instant.now().minusSeconds(7200), List.of(good)));
    farm.cards.add(
        new CardView(
            "cid:1b53",
            "blue",
            CardState.QUALIFIED,
            88,
            "lab-1",
            "card-1",
            Instant.now(),
            "sample.img.gz",
            "a".repeat(64),
            "0123456789abcdef",
            Instant.parse("2026-01-02T03:04:05Z"),
            List.of(FlashViews.of("f-1", "card-1").passed())));
  }

  @AfterEach
  void close() {
    farm.close();
  }

  @Test
  void hosts_say_whether_their_agent_is_there() {
    assertThat(run("host", "list").out())
        .containsPattern("lab-1 +online")
        .containsPattern("lab-2 +OFFLINE +2 h");
    assertThat(run("host", "show", "lab-1").out()).contains("card-1", "card-2", "blue");
    assertThat(run("host", "show", "lab-9").code()).isEqualTo(4);
  }

  @Test
  void a_slot_says_what_is_in_the_way_of_its_device() {
    assertThat(run("slot", "list").out())
        .containsPattern("lab-1 +card-1 +ready +97 +29.7 GiB +/dev/sdq +blue +qualified")
        .contains("refused (mounted)", "offline");
    assertThat(run("slot", "show", "card-2").out())
        .contains("MOUNTED: /dev/sdq1 is mounted at /mnt/ stick");
  }

  @Test
  void a_slots_name_on_two_hosts_needs_the_host() {
    assertThat(run("slot", "show", "card-1").code()).isEqualTo(2);
    assertThat(run("slot", "show", "card-1", "--host", "lab-2").out()).contains("OFFLINE");
    assertThat(run("slot", "show", "card-9").code()).isEqualTo(4);
  }

  @Test
  void a_card_says_what_is_on_it_since_when() {
    assertThat(run("card", "list").out()).contains("blue", "0123456789abcdef", "qualified");
    assertThat(run("card", "show", "cid:1b53").out())
        .contains("sample.img.gz", "2026-01-02T03:04:05Z", "f-1", "PASSED");
    assertThat(run("card", "show", "blue").out()).contains("sample.img.gz");
    assertThat(run("card", "show", "red").code()).isEqualTo(4);
  }

  @Test
  void json_is_the_farms_own_record() throws IOException {
    assertThat(Json.MAPPER.readTree(run("slot", "list", "--json").out()).at("/0/slots/0/score"))
        .hasToString("97");
    assertThat(Json.MAPPER.readTree(run("card", "show", "cid:1b53", "--json").out()).at("/score"))
        .hasToString("88");
  }

  @Test
  void a_slot_that_only_one_host_has_needs_no_host_to_be_flashed() {
    CliRun nobody = run("flash", "--build=b-1", "--slot=card-9");
    CliRun two = run("flash", "--build=b-1", "--slot=card-1");

    assertThat(nobody.code()).isEqualTo(4);
    assertThat(two.code()).isEqualTo(2);
    assertThat(two.err()).contains("lab-1, lab-2", "--host");
  }

  @Test
  void a_slot_that_is_not_there_is_told_before_anything_is_built() {
    CliRun host = run("flash", "--profile=p", "--slot=card-1", "--host=lab-9");
    CliRun slot = run("flash", "--profile=p", "--slot=card-9", "--host=lab-1");

    assertThat(host.code()).isEqualTo(4);
    assertThat(host.err()).contains("no lab host 'lab-9'", "nothing was built", "host list");
    assertThat(slot.code()).isEqualTo(4);
    assertThat(slot.err()).contains("lab-1 has no slot card-9", "host show lab-1");
  }

  private CliRun run(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--api";
    all[arguments.length + 1] = farm.url();
    return CliRun.in(folder, all);
  }
}
