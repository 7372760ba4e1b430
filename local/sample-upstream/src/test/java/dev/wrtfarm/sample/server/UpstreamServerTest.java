package dev.wrtfarm.sample.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamServerTest {
  /** Each test's own: a kept connection may lead to another test's server. */
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path temp;
  private Path faults;
  private Path log;
  private UpstreamServer server;

  @BeforeEach
  void serve() throws IOException {
    Path site = Files.createDirectories(temp.resolve("site/feed"));
    Files.writeString(site.resolve("a~b+1.ipk"), "0123456789");
    Files.writeString(temp.resolve("secret"), "not in the tree");
    faults = temp.resolve("faults");
    log = temp.resolve("log");
    server =
        UpstreamServer.start(temp.resolve("site"), 0, Faults.readFrom(faults), RequestLog.to(log));
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(Duration.ofSeconds(60));
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  @Test
  void serves_files_whose_names_may_be_escaped() throws Exception {
    assertThat(get("/feed/a~b+1.ipk").body()).isEqualTo("0123456789");
    assertThat(get("/feed/a%7Eb%2b1.ipk").body()).isEqualTo("0123456789");
  }

  @Test
  void answers_404_for_folders_missing_files_and_what_lies_outside() throws Exception {
    assertThat(get("/feed").statusCode()).isEqualTo(404);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/feed/%2e%2e/%2e%2e/secret").statusCode()).isEqualTo(404);
  }

  @Test
  void a_client_that_has_the_file_is_told_so() throws Exception {
    HttpResponse<String> first = get("/feed/a~b+1.ipk");
    String etag = first.headers().firstValue("ETag").orElseThrow();
    String date = first.headers().firstValue("Last-Modified").orElseThrow();
    assertThat(get("/feed/a~b+1.ipk", "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(get("/feed/a~b+1.ipk", "If-Modified-Since", date).statusCode()).isEqualTo(304);
    assertThat(get("/feed/a~b+1.ipk", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void head_gives_the_size_without_the_file() throws Exception {
    HttpResponse<String> head =
        client.send(
            request("/feed/a~b+1.ipk").HEAD().build(), HttpResponse.BodyHandlers.ofString());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).contains("10");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void faults_come_and_go_while_it_runs() throws Exception {
    Files.writeString(faults, "# broken\n/feed/.*=404\n");
    assertThat(get("/feed/a~b+1.ipk").statusCode()).isEqualTo(404);
    Files.writeString(faults, "/other/.*=404\n/feed/.*\\.ipk=500\n");
    assertThat(get("/feed/a~b+1.ipk").statusCode()).isEqualTo(500);
    Files.delete(faults);
    assertThat(get("/feed/a~b+1.ipk").statusCode()).isEqualTo(200);
  }

  @Test
  void a_corrupt_file_has_its_size_but_not_its_bytes() throws Exception {
    Files.writeString(faults, ".*=corrupt\n");
    assertThat(get("/feed/a~b+1.ipk").body()).hasSize(10).isNotEqualTo("0123456789");
  }

  @Test
  void a_truncated_file_ends_before_its_size() throws Exception {
    Files.writeString(faults, ".*=truncate\n");
    assertThatThrownBy(() -> get("/feed/a~b+1.ipk")).isInstanceOf(IOException.class);
  }

  @Test
  void a_hanging_request_gets_no_answer_and_does_not_hold_up_the_others() throws Exception {
    Files.writeString(faults, "/hang=hang\n");
    HttpRequest hanging = request("/hang").timeout(Duration.ofMillis(300)).build();
    assertThatThrownBy(() -> client.send(hanging, HttpResponse.BodyHandlers.discarding()))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(get("/feed/a~b+1.ipk").statusCode()).isEqualTo(200);
  }

  @Test
  void requests_are_logged() throws Exception {
    get("/feed/a~b+1.ipk");
    get("/nothing");
    // A line is written when its answer is under way.
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (logged().size() < 2 && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(logged()).containsExactlyInAnyOrder("GET /feed/a~b+1.ipk 200", "GET /nothing 404");
  }

  private List<String> logged() throws IOException {
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }
}
