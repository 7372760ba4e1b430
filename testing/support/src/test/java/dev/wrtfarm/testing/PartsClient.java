package dev.wrtfarm.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Reaches parts by their configuration alone. */
record PartsClient(Map<String, String> configuration) {
  private static final int PATIENCE_SECONDS = 60;

  String value(String key) {
    String value = configuration.get(key);
    if (value == null) {
      throw new AssertionError("the configuration lacks " + key);
    }
    return value;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect(PATIENCE_SECONDS);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String query(String sql) throws SQLException {
    return query(sql, PATIENCE_SECONDS);
  }

  /** Gives up soon: for a database that is not expected to answer. */
  String queryImpatiently(String sql) throws SQLException {
    return query(sql, 2);
  }

  private String query(String sql, int seconds) throws SQLException {
    try (Connection connection = connect(seconds);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private Connection connect(int seconds) throws SQLException {
    return DriverManager.getConnection(
        "%s?loginTimeout=%d&socketTimeout=%d"
            .formatted(value("quarkus.datasource.jdbc.url"), seconds, seconds + 8),
        value("quarkus.datasource.username"),
        value("quarkus.datasource.password"));
  }

  Map<String, Object> kafka(Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>(more);
    configuration.forEach((key, value) -> {
      if (key.startsWith("kafka.")) {
        settings.put(key.substring("kafka.".length()), value);
      }
    });
    return settings;
  }
}
