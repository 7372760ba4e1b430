package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.ForecastView;

/** What a submission would come to, for a person or a program. */
record Forecast(ForecastView view) {
  private static final String REFUSED = "refused";

  /** The exit code is that of the submission, as far as it is known now. */
  int print(Terminal terminal, boolean json) {
    if (json) {
      terminal.line(Json.pretty(view));
    } else {
      terminal.line(headline());
      terminal.line("  " + view.why());
      terminal.line("  recipe digest %s, mode %s".formatted(view.recipeDigest(), view.mode()));
      if (view.build() == null && view.waitingBefore() > 0) {
        terminal.line("  builds that would come before it: " + view.waitingBefore());
      }
    }
    return view.outcome().equals(REFUSED) ? ProblemType.NO_RECORD.exitCode() : 0;
  }

  private String headline() {
    BuildView build = view.build();
    String which = build == null ? "an earlier one" : build.id();
    return switch (view.outcome()) {
      case "queued" -> "would be built";
      case "attached" -> "would join build " + which;
      case "reused" -> "would be answered at once by build " + which;
      case REFUSED -> "would be refused";
      default -> "would be " + view.outcome();
    };
  }
}
