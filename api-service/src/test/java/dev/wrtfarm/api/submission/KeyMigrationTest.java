package dev.wrtfarm.api.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.FarmTest;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A farm of before there was one table for all idempotency keys, in a schema of its own. */
@QuarkusTest
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields.
class KeyMigrationTest extends FarmTest {
  private static final String SCHEMA = "before_one_key_table";

  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String url;

  @ConfigProperty(name = "quarkus.datasource.username")
  String user;

  @ConfigProperty(name = "quarkus.datasource.password")
  String password;

  @BeforeEach
  @AfterEach
  void dropSchema() {
    sql("drop schema if exists %s cascade".formatted(SCHEMA));
  }

  @Test
  void keys_of_both_old_tables_count_as_before() {
    farmOf("5").migrate();
    in(
        "insert into %s.build (id, tenant, state, flight_key, recipe, recipe_digest, snapshot,"
            + " priority, turn) values ('b-1', 'local', 'QUEUED', 'any', '{}', repeat('0', 64), false,"
            + " 50, 1)");
    in(
        "insert into %s.request (id, build_id, tenant, outcome)"
            + " values ('r-1', 'b-1', 'local', 'queued')");
    in(
        "insert into %s.idempotency_key (tenant, key, body_sha256, request_id, created_at)"
            + " values ('local', 'the-same', 'of a build', 'r-1', '2026-11-23 10:00Z')");
    in(
        "insert into %s.flash_key (tenant, key, body_sha256, batch, created_at)"
            + " values ('local', 'the-same', 'of a flash', 'fb-1', '2026-11-23 11:00Z'),"
            + " ('local', 'another', 'of another', 'fb-2', '2026-11-23 12:00Z')");

    farmOf("latest").migrate();
    assertThat(
            value(
                """
                select string_agg(concat_ws(' ', scope, tenant, key, body_sha256, stands_for,
                  to_char(created_at at time zone 'UTC', 'HH24:MI')), ', ' order by created_at)
                from %s.idempotency_key
                """
                    .formatted(SCHEMA)))
        .isEqualTo(
            "BUILD local the-same of a build r-1 10:00, FLASH local the-same of a flash fb-1 11:00,"
                + " FLASH local another of another fb-2 12:00");
    assertThat(value("select to_regclass('%s.flash_key')".formatted(SCHEMA))).isEqualTo("null");
  }

  private void in(String statement) {
    sql(statement.formatted(SCHEMA));
  }

  /** With connections of its own: those of the service look for their tables elsewhere. */
  private Flyway farmOf(String version) {
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(url, user, password)
            .locations("filesystem:src/main/resources/db/migration")
            .schemas(SCHEMA)
            .target(version);
    return configuration.load();
  }
}
