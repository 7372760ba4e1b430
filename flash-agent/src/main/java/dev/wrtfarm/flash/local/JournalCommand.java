package dev.wrtfarm.flash.local;

import dev.wrtfarm.flash.journal.JournalCheck;
import dev.wrtfarm.flash.journal.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code journal verify}. */
record JournalCommand(PrintStream out) {
  int run(List<String> line) throws UsageWrong, IOException {
    Arguments arguments = Arguments.parse(line, Set.of("data"), Set.of("json"));
    if (!arguments.words().equals(List.of("verify"))) {
      throw new UsageWrong("say: journal verify");
    }
    Path data = arguments.value("data").map(Path::of).orElse(LocalCommand.DATA);
    JournalCheck check = JournalCheck.of(data);
    if (arguments.has("json")) {
      out.println(
          Json.MAPPER.writeValueAsString(
              Json.MAPPER
                  .createObjectNode()
                  .put("lines", check.lines())
                  .put("fault", check.fault().orElse(null))));
    } else if (check.fault().isEmpty()) {
      out.println("%d lines, all as the agent wrote them".formatted(check.lines()));
    } else {
      out.println(
          "%d lines are as the agent wrote them; then: %s"
              .formatted(check.lines(), check.fault().get()));
    }
    return check.fault().isEmpty() ? LocalMain.DONE : LocalMain.FAILED;
  }
}
