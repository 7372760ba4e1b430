package dev.wrtfarm.system.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the farm's database says, past the API. */
public final class Database {
  private static final String KEYS = "quarkus.datasource.";

  private final Map<String, String> parts;

  Database(Map<String, String> parts) {
    this.parts = parts;
  }

  /** The first column of the first row. */
  public String value(String query) {
    List<String> column = column(query);
    if (column.isEmpty()) {
      throw new AssertionError("no row: " + query);
    }
    return column.getFirst();
  }

  /** As if the worker had been silent for as long as its lease lasts. */
  public void expireLease(String build) {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "update build set lease_until = now() - interval '1 second' where id = ?")) {
      statement.setString(1, build);
      if (statement.executeUpdate() != 1) {
        throw new AssertionError("no build " + build);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The first column of all rows. */
  public List<String> column(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        setting("jdbc.url"), setting("username"), setting("password"));
  }

  private String setting(String key) {
    return parts.getOrDefault(KEYS + key, "");
  }
}
