package dev.wrtfarm.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemUserTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void an_unknown_user_does_not_exist() {
    assertThat(new SystemUser("wrtfarm-nobody-knows").exists()).isFalse();
    assertThat(new SystemUser("root").exists()).isTrue();
  }

  @Test
  void a_program_with_a_user_drops_to_it_for_good() {
    Program program = SamplePrograms.cat(folder).as(SystemUser.WORKER);
    assertThat(program.argv())
        .isEqualTo(
            List.of(
                "setsid",
                "setpriv",
                "--reuid",
                "wrtfarm-worker",
                "--regid",
                "wrtfarm-worker",
                "--init-groups",
                "--inh-caps=-all",
                "--",
                "cat"));
  }

  /** As root it really becomes the farm's user; as anybody else it stays who it is. */
  @Test
  void roots_programs_run_as_the_farms_user() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Program program =
        SamplePrograms.script(folder, "id -un; echo $HOME; echo READY; cat")
            .as(SystemUser.FARM.whenRoot())
            .readyWhen(Readiness.line("READY", LIMIT));
    try (ChildProcess child = ChildProcess.startReady(program)) {
      String us = System.getProperty("user.name");
      assertThat(child.tail().lines().findFirst())
          .hasValue(us.equals("root") ? SystemUser.FARM.name() : us);
    }
  }
}
