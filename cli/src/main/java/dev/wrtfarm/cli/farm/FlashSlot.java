package dev.wrtfarm.cli.farm;

import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A slot that the farm's own flash agent gets: for trying out. Real readers belong to an agent of
 * their own, with rights to nothing else.
 */
public record FlashSlot(String name, Card card) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern LOOP = Pattern.compile("/dev/loop[0-9]{1,4}");

  /** What is in the slot. */
  public sealed interface Card {
    /** A loop device that somebody has set up. */
    record Loop(String node) implements Card {
      @Override
      public String toString() {
        return "loop:" + node;
      }
    }

    /** A regular file. */
    record RegularFile(Path path) implements Card {
      @Override
      public String toString() {
        return "file:" + path;
      }
    }

    /** A file of the farm's own, behind a loop device where we may make one. */
    record Emulated() implements Card {
      @Override
      public String toString() {
        return "emulated";
      }
    }
  }

  public static FlashSlot emulated(String name) {
    return new FlashSlot(name, new Card.Emulated());
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return name + "=" + card;
  }

  /** For picocli. */
  static final class Converter implements ITypeConverter<FlashSlot> {
    @Override
    public FlashSlot convert(String text) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      if (equals < 0 || !NAME.matcher(name).matches()) {
        throw new TypeConversionException(
            "'%s' is no slot: give NAME=emulated, NAME=loop:/dev/loopN or NAME=file:PATH, the name"
                    .formatted(text)
                + " with small letters, digits and '-'");
      }
      return new FlashSlot(name, card(text.substring(equals + 1)));
    }

    private static Card card(String text) {
      if (text.equals("emulated")) {
        return new Card.Emulated();
      }
      if (text.startsWith("loop:") && LOOP.matcher(text.substring(5)).matches()) {
        return new Card.Loop(text.substring(5));
      }
      if (text.startsWith("file:/") && !text.contains("\n")) {
        return new Card.RegularFile(Path.of(text.substring(5)).normalize());
      }
      throw new TypeConversionException(
          "'%s' is nothing for a slot: 'emulated', 'loop:/dev/loopN', or 'file:' and an absolute path"
                  .formatted(text)
              + "; docs/flashing.md says how an agent gets real card readers");
    }
  }
}
