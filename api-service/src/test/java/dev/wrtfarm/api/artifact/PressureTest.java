package dev.wrtfarm.api.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.ApiParts;
import dev.wrtfarm.api.Farm;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Builders and readers share a few recipes and a few files, while two collectors, retention and the
 * store check run without pause: every file is sent, reused, downloaded, forgotten and deleted all
 * the time, most of them by several at once.
 */
@QuarkusTest
@TestProfile(ShortLives.class)
@WithTestResource(ApiParts.class)
@SuppressWarnings("NullAway.Init")
class PressureTest {
  private static final Duration AT_LEAST = Duration.ofSeconds(20);
  private static final Duration LIMIT = Duration.ofMinutes(12);

  @TestHTTPResource URI root;
  @Inject DataSource database;
  @Inject ObjectStore store;
  @Inject Collector secondCollector;

  @Test
  void nobody_ever_gets_a_missing_object() throws Exception {
    Farm farm = new Farm(root);
    Pressure pressure = new Pressure(farm);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = "worker-" + i;
      threads.add(pressure.start("builder-" + i, () -> pressure.build(farm.worker(name))));
      threads.add(pressure.start("reader-" + i, pressure::read));
    }
    threads.add(pressure.start("second-collector", secondCollector::collect));
    long start = System.nanoTime();
    while (pressure.goesOn() && !isEnough(pressure, farm, since(start))) {
      assertThat(since(start)).as("too little happened: %s", pressure).isLessThan(LIMIT);
      Thread.sleep(100);
    }
    pressure.stop();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(pressure.wrong()).isEmpty();
    assertThat(missing()).as("files of records whose objects are not there").isEmpty();
    assertThat(counter(farm, "wrtfarm_store_missing_total")).isZero();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static boolean isEnough(Pressure pressure, Farm farm, Duration sofar) {
    return sofar.compareTo(AT_LEAST) > 0
        && pressure.downloads() >= 40
        && pressure.ends() >= 20
        && pressure.reused() >= 3
        && counter(farm, "wrtfarm_collected_objects_total") >= 20
        && counter(farm, "wrtfarm_uploads_abandoned_total") >= 1
        && counter(farm, "wrtfarm_records_deleted_total{kind=\"successful\"}") >= 10;
  }

  private static double counter(Farm farm, String name) {
    return farm.get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** Retention and collector still run: what is missing counts only while it is referred to. */
  private List<String> missing() throws SQLException {
    return rows("select object_key from blob b where not (" + UnusedBlobs.UNREFERRED + ")").stream()
        .filter(key -> store.sizeOf(key).isEmpty())
        .filter(key -> {
          try {
            return !rows("select object_key from blob b where object_key = '%s' and not (%s)"
                    .formatted(key, UnusedBlobs.UNREFERRED))
                .isEmpty();
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        })
        .toList();
  }

  private List<String> rows(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }
}
