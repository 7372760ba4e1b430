package dev.wrtfarm.cli.farm;

import dev.wrtfarm.cli.data.WholeFile;
import dev.wrtfarm.launcher.SystemUser;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A program's configuration, passwords included: nobody but its user reads it. */
final class ConfigFile {
  // Above what lies in the program's own jar (250), below the environment (300).
  private static final String ORDINAL = "275";

  private ConfigFile() {}

  /** For a program that takes MicroProfile Config. */
  static void write(Path file, Map<String, String> values, @Nullable SystemUser user)
      throws IOException {
    Map<String, String> ranked = new TreeMap<>(values);
    ranked.put("config_ordinal", ORDINAL);
    writePlain(file, ranked, user);
  }

  /** For a program that knows its keys, and no others. */
  static void writePlain(Path file, Map<String, String> values, @Nullable SystemUser user)
      throws IOException {
    Properties properties = new Properties();
    properties.putAll(values);
    StringWriter text = new StringWriter();
    properties.store(text, "Written anew by each 'wrtfarm up'");
    writeFor(user, file, text.toString());
  }

  static void writeFor(@Nullable SystemUser user, Path file, String text) throws IOException {
    WholeFile.write(file, text, WholeFile.PRIVATE);
    if (user != null) {
      Files.setOwner(
          file,
          file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user.name()));
    }
  }
}
