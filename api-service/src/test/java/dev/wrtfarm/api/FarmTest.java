package dev.wrtfarm.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.api.artifact.Bucket;
import dev.wrtfarm.api.artifact.ObjectStore;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;

/** A test against the running service and its real parts; each begins with an empty queue. */
@WithTestResource(ApiParts.class)
@SuppressWarnings("NullAway.Init") // Quarkus and JUnit set the fields.
public abstract class FarmTest {
  private static final String DEADLOCK = "40P01";

  @TestHTTPResource URI root;
  @Inject protected DataSource database;
  @Inject protected ObjectStore store;

  protected Farm farm;
  protected TestWorker worker;
  protected FlashFarm flashes;
  protected TestAgent agent;

  @BeforeEach
  void emptyTheFarm() {
    awaitStore();
    farm = new Farm(root);
    worker = farm.worker("worker-1");
    flashes = new FlashFarm(farm);
    agent = new TestAgent(farm, "lab1", "a", "b");
    Farm.eventually("the tables are empty", this::truncate);
  }

  /**
   * Takes all tables for itself. A job of the service that goes on in the background may have one
   * of them and want another (the collector goes from blobs to what refers to them); then the
   * database lets either of the two go on, and the other has to begin anew.
   */
  private boolean truncate() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "truncate build, request, attempt, artifact, blob, log_chunk, package_set, worker,"
              + " idempotency_key, unknown_object, flash_job, card, lab_slot, lab_host,"
              + " lab_journal, lab_journal_break, journal_run");
      return true;
    } catch (SQLException e) {
      if (DEADLOCK.equals(e.getSQLState())) {
        return false;
      }
      throw new AssertionError(e);
    }
  }

  /** The service makes its bucket in the background. */
  protected void awaitStore() {
    Bucket.await(store);
  }

  protected void sql(String statement) {
    try (Connection connection = database.getConnection();
        Statement executed = connection.createStatement()) {
      executed.execute(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  protected String value(String query) {
    try (Connection connection = database.getConnection();
        Statement executed = connection.createStatement();
        ResultSet rows = executed.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getObject(1)) : "";
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** As if the worker had been silent for longer than its lease. */
  protected void loseLease(Held held) {
    sql(
        "update build set lease_until = now() - interval '1 second' where id = '%s'"
            .formatted(held.build()));
  }

  /** While its offer is being sent a build is passed over: order shows when all are sent. */
  protected void awaitOffersSent() {
    Farm.eventually(
        "all offers are sent",
        () -> value("select count(*) from build where offer_at is not null").equals("0"));
  }

  /** So long after the end of its last attempt the only build may be claimed again. */
  protected String claimableAfter() {
    return value("select (claimable_at - (select max(ended_at) from attempt))::text from build");
  }

  /** However slow the machine is: what waits is not claimable by now. */
  protected void postpone() {
    sql("update build set claimable_at = claimable_at + interval '1 hour' where state = 'QUEUED'");
  }

  protected void makeClaimable() {
    sql("update build set claimable_at = now() where state = 'QUEUED'");
  }

  protected static byte[] bytes() {
    return ("some bytes " + UUID.randomUUID()).getBytes(UTF_8);
  }
}
