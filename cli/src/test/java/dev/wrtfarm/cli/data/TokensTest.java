package dev.wrtfarm.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.cli.data.Tokens.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  @TempDir private Path folder;

  @Test
  void a_token_is_made_once_and_only_its_owner_reads_it() throws IOException {
    Tokens tokens = new Tokens(new DataFolder(folder));

    String made = tokens.make(Role.OPERATOR);

    assertThat(made).matches("[0-9a-f]{64}");
    assertThat(tokens.make(Role.OPERATOR)).isEqualTo(made);
    assertThat(tokens.make(Role.WORKER)).isNotEqualTo(made);
    assertThat(Files.getPosixFilePermissions(tokens.file(Role.OPERATOR)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("secrets")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }
}
