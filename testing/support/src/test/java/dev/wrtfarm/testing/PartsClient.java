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

  String value(String key) {
    String value = configuration.get(key);
    if (value == null) {
      throw new AssertionError("the configuration lacks " + key);
    }
    return value;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        value("quarkus.datasource.jdbc.url") + "?loginTimeout=2&socketTimeout=10",
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
