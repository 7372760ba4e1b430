package dev.wrtfarm.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.launcher.ChildProcess;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who can reach the stack, and who cannot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StackAccessTest {
  private final RunningStack stack = RunningStack.onFreshFolder();

  @AfterAll
  void stop() throws Exception {
    stack.close();
  }

  @Test
  void the_endpoints_have_the_keys_of_the_services_configuration() throws Exception {
    assertThat(stack.endpoints())
        .containsOnlyKeys(
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.username",
            "quarkus.datasource.password",
            "kafka.bootstrap.servers",
            "kafka.security.protocol",
            "kafka.sasl.mechanism",
            "kafka.sasl.jaas.config",
            "wrtfarm.s3.endpoint",
            "wrtfarm.s3.public-endpoint",
            "wrtfarm.s3.region",
            "wrtfarm.s3.access-key",
            "wrtfarm.s3.secret-key",
            "wrtfarm.s3.bucket");
    assertThat(modeOf("endpoints.properties")).isEqualTo("rw-------");
    assertThat(modeOf("settings.properties")).isEqualTo("rw-------");
  }

  @Test
  void wrong_passwords_are_refused() {
    StackClient client = stack.client();
    assertThatThrownBy(() -> client.with("quarkus.datasource.password", "wrong").query("SELECT 1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
    assertThatThrownBy(() -> client.with("wrtfarm.s3.secret-key", "wrong-key").get("any"))
        .isInstanceOf(MinioException.class)
        .hasMessageContaining("signature");
    String login = stack.endpoints().getOrDefault("kafka.sasl.jaas.config", "");
    assertThatThrownBy(() ->
            client
                .with(
                    "kafka.sasl.jaas.config",
                    login.replaceFirst("password=\"[0-9a-f]+\"", "password=\"wrong\""))
                .createTopic("never"))
        .hasCauseInstanceOf(SaslAuthenticationException.class);
  }

  @Test
  void the_controller_lets_nobody_in_without_a_password() throws Exception {
    String port =
        PrivateProperties.read(stack.data().resolve("settings.properties"))
            .get("kafka.controller.port");
    StackClient stranger = stack.client().with("kafka.bootstrap.controllers", "127.0.0.1:" + port);
    assertThatThrownBy(() -> stranger.describeController())
        .hasCauseInstanceOf(SaslAuthenticationException.class);
  }

  @Test
  void all_ports_are_on_loopback() throws Exception {
    assertThat(listeningAddresses())
        .isNotEmpty()
        .allSatisfy(address -> assertThat(address).isIn(LOOPBACK));
  }

  @Test
  void the_farms_role_may_make_databases_but_is_no_superuser() throws Exception {
    assertThat(stack.client().query("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
        .isEqualTo("f");
    stack.client().execute("CREATE DATABASE another");
    assertThat(stack.client().query("SHOW fsync")).isEqualTo("on");
  }

  @Test
  void a_second_stack_on_the_same_folder_is_refused() {
    assertThatThrownBy(() -> ChildProcess.startReady(stack.sameAgain()))
        .hasMessageContaining("in use by process " + stack.process().pid());
    assertThat(stack.process().isAlive()).isTrue();
  }

  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

  /** Of the sockets in state LISTEN (0A) that the stack's processes hold. */
  private List<String> listeningAddresses() throws Exception {
    Set<String> own = ownSockets();
    try (Stream<String> four = sockets("/proc/net/tcp");
        Stream<String> six = sockets("/proc/net/tcp6")) {
      return Stream.concat(four, six)
          .map(line -> line.strip().split("\\s+", -1))
          .filter(field -> field[3].equals("0A") && own.contains(field[9]))
          .map(field -> field[1].split(":", 2)[0])
          .toList();
    }
  }

  /** A kernel without IPv6 has no list of its sockets. */
  private static Stream<String> sockets(String list) throws IOException {
    return Files.exists(Path.of(list)) ? Files.lines(Path.of(list)) : Stream.empty();
  }

  private Set<String> ownSockets() {
    return Stream.concat(Stream.of(stack.handle()), stack.children().stream())
        .flatMap(process -> socketsOf(process.pid()))
        .collect(Collectors.toSet());
  }

  private static Stream<String> socketsOf(long pid) {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return files
          .map(StackAccessTest::target)
          .filter(target -> target.startsWith("socket:["))
          .map(target -> target.substring(8, target.length() - 1))
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private String modeOf(String file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(stack.data().resolve(file)));
  }
}
