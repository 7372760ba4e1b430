package dev.wrtfarm.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The three tokens of a farm, made once, each in a file that only its owner reads. */
public final class Tokens {
  private static final int BYTES = 32;

  private final Path folder;

  public Tokens(DataFolder data) {
    this.folder = data.secrets();
  }

  /** Who may do what with the farm. */
  public enum Role {
    OPERATOR,
    WORKER,
    AGENT;

    /** As it stands in file names and configuration. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Path file(Role role) {
    return folder.resolve(role.word() + ".token");
  }

  /** The token, made now if there is none yet. */
  public String make(Role role) throws IOException {
    Optional<String> known = read(role);
    if (known.isPresent()) {
      return known.get();
    }
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    WholeFile.write(file(role), token + "\n", WholeFile.PRIVATE);
    return token;
  }

  /** Empty when there is none, or not for us. */
  public Optional<String> read(Role role) {
    try {
      String token = Files.readString(file(role)).strip();
      return token.isEmpty() ? Optional.empty() : Optional.of(token);
    } catch (IOException missingOrForeign) {
      return Optional.empty();
    }
  }
}
