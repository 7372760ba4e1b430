package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.process.BenchFailed;
import dev.wrtfarm.bench.process.Workbench;
import dev.wrtfarm.launcher.ChildProcess;
import dev.wrtfarm.launcher.StackProgram;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * PostgreSQL, Kafka and S3, with a database for each api.
 *
 * @param endpoints how to reach them
 */
record Stack(ChildProcess process, Map<String, String> endpoints) {
  private static final String URL = "quarkus.datasource.jdbc.url";

  static Stack start(Workbench bench) {
    Path data = bench.folder().resolve("queue-stack");
    ChildProcess process =
        bench
            .cleanup()
            .add(
                ChildProcess.start(
                    StackProgram.in(bench.home(), data, bench.folder().resolve("stack.log"))));
    process.awaitReady();
    return new Stack(process, StackProgram.endpoints(data));
  }

  /** The same with a database of its own, just made, and with topics and a bucket of that name. */
  Stack fresh(String name) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new BenchFailed("the database %s cannot be made: %s".formatted(name, e), e);
    }
    Map<String, String> own = new TreeMap<>(endpoints);
    own.put(URL, value(URL).replaceFirst("(//[^/]+/)[^?]*", "$1" + name));
    own.put("wrtfarm.s3.bucket", name);
    own.put("wrtfarm.topic-prefix", name);
    return new Stack(process, own);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        value(URL), value("quarkus.datasource.username"), value("quarkus.datasource.password"));
  }

  String value(String key) {
    return Objects.requireNonNull(endpoints.get(key), key);
  }
}
