package dev.wrtfarm.cli.lab;

import dev.wrtfarm.cli.flash.FlashListCommand;
import dev.wrtfarm.cli.flash.FlashWords;
import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.cli.output.Table;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.rest.CardView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm card}. */
public final class CardCommands {
  private CardCommands() {}

  /** {@code wrtfarm card list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the cards that were seen: how far each is trusted, and what is on it.")
  public static final class All extends View<List<CardView>> {
    public All(Terminal terminal, Surroundings surroundings) {
      super(terminal, surroundings);
    }

    @Override
    List<CardView> ask(FlashApi api) throws InterruptedException {
      return api.cards();
    }

    @Override
    void show(List<CardView> cards) {
      if (cards.isEmpty()) {
        message("no card was seen yet");
        return;
      }
      Table table = new Table("card", "label", "state", "score", "last seen", "image id", "since");
      for (CardView card : cards) {
        table.row(
            card.id(),
            orDash(card.label()),
            FlashWords.word(card.state()),
            card.score(),
            place(card),
            orDash(card.imageId()),
            ago(card.since()));
      }
      rows(table);
    }
  }

  /** {@code wrtfarm card show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a card: what is on it since when, and what happened to it.")
  public static final class One extends View<CardView> {
    @Parameters(
        paramLabel = "CARD",
        description = "The card's id, as 'card list' or 'slot list' shows it, or its label.")
    private String id = "";

    public One(Terminal terminal, Surroundings surroundings) {
      super(terminal, surroundings);
    }

    @Override
    CardView ask(FlashApi api) throws InterruptedException {
      try {
        return api.card(id);
      } catch (CommandFailed e) {
        // A slot shows what its agent calls the card; the farm puts the host before it.
        List<CardView> meant =
            e.exitCode() != ExitCode.NOT_FOUND.code()
                ? List.of()
                : api.cards().stream().filter(this::isMeant).toList();
        if (meant.size() != 1) {
          throw e;
        }
        return api.card(meant.getFirst().id());
      }
    }

    private boolean isMeant(CardView card) {
      return card.id().endsWith(id) || id.equals(card.label());
    }

    @Override
    void show(CardView card) {
      fact("card", card.id());
      fact("label", card.label());
      fact("state", "%s, score %d".formatted(FlashWords.word(card.state()), card.score()));
      fact("last seen", place(card) + ", " + ago(card.lastSeen()) + " ago");
      fact("holds", card.imageName() == null ? "nothing that is known" : card.imageName());
      fact("sha-256", card.imageSha256());
      fact("image id", card.imageId());
      fact("since", card.since());
      if (!card.jobs().isEmpty()) {
        line("");
        rows(FlashListCommand.table(card.jobs()));
      }
    }
  }

  private static String place(CardView card) {
    return orDash(card.host()) + "/" + orDash(card.slot());
  }

  private static String ago(@Nullable Instant since) {
    return since == null ? "-" : Spent.text(Duration.between(since, Instant.now()));
  }

  private static String orDash(@Nullable String text) {
    return text == null ? "-" : text;
  }
}
