package dev.wrtfarm.flash.local;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.value.ByteSize;
import dev.wrtfarm.flash.journal.Json;
import dev.wrtfarm.flash.lane.RunStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Speaks with the person at the keyboard, or in JSON with a program. */
final class LocalTalk {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private RunStatus shown = new RunStatus("", 0, "");

  LocalTalk(InputStream in, PrintStream out, PrintStream err, boolean json) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.json = json;
  }

  void show(FlashPlan plan) {
    if (json) {
      return;
    }
    DeviceFacts device = plan.device();
    out.println("%s on %s".formatted(plan.kind(), device.node()));
    out.println("  port    %s".formatted(device.port()));
    out.println("  size    %s".formatted(new ByteSize(device.size())));
    if (device.reader() != null) {
      out.println("  reader  %s".formatted(device.reader()));
    }
    if (device.cid() != null) {
      out.println("  card    %s".formatted(device.cid()));
    }
    out.println(
        "  image   %s (%s, raw %s)"
            .formatted(
                plan.image().name(), plan.image().format(), new ByteSize(plan.image().rawSize())));
    out.println("  digest  %s".formatted(plan.image().sha256()));
    plan.destroys().forEach(line -> out.println("  GONE    " + line));
    plan.warnings().forEach(line -> out.println("  NOTE    " + line));
  }

  /** The whole word, for a yes is given too easily. */
  void confirm(FlashPlan plan, Optional<String> given) throws UsageWrong, IOException {
    String node = plan.device().node();
    String word = given.orElse(null);
    if (word == null) {
      if (json) {
        throw new UsageWrong("with --json, confirm the plan with --confirm " + node);
      }
      out.print("Type the device's name (%s) to write to it: ".formatted(node));
      out.flush();
      word = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    }
    if (word == null || (!word.strip().equals(node) && !word.strip().equals(plan.slot()))) {
      throw new UsageWrong("not confirmed: the device is %s; nothing was written".formatted(node));
    }
  }

  void progress(RunStatus now) {
    boolean news =
        !now.phase().equals(shown.phase())
            || now.percent() / 10 != shown.percent() / 10
            || now.detail().isEmpty() != shown.detail().isEmpty();
    if (news && !now.phase().isEmpty()) {
      err.println("%-10s %3d%%  %s".formatted(now.phase(), now.percent(), now.detail()).strip());
    }
    shown = now;
  }

  void end(FlashPlan plan) throws IOException {
    if (json) {
      out.println(Json.MAPPER.writeValueAsString(plan));
    }
  }

  void end(String state, FlashPlan plan, @Nullable FlashReport report, String message)
      throws IOException {
    if (json) {
      var answer = Json.MAPPER.createObjectNode().put("state", state).put("message", message);
      answer.set("plan", Json.MAPPER.valueToTree(plan));
      answer.set("report", Json.MAPPER.valueToTree(report));
      out.println(Json.MAPPER.writeValueAsString(answer));
      return;
    }
    out.println("%s: %s".formatted(state, message));
    if (report != null) {
      report.barriers().forEach(line -> out.println("  barrier %s".formatted(line)));
      report.warnings().forEach(line -> out.println("  NOTE    %s".formatted(line)));
    }
  }
}
