package dev.wrtfarm.bench.build;

import dev.wrtfarm.bench.process.BenchFailed;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.value.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The very Image Builder that the farm used, extracted by hand, its feeds pointing at the same
 * server that the farm's worker asks.
 */
final class BareTree {
  /** How the sample's Image Builders name their server. */
  private static final String CANONICAL = "http://downloads.sample.invalid";

  private final BareUser user;
  private final URI server;
  private final Path tree;

  private BareTree(BareUser user, URI server, Path tree) {
    this.user = user;
    this.server = server;
    this.tree = tree;
  }

  /**
   * Fetches and extracts it.
   *
   * @param folder belongs to the user, and is empty
   */
  static BareTree of(BuildView built, BareUser user, URI server, Path folder) throws IOException {
    Path archive = folder.resolve("archive.tar.zst");
    download(built, server, archive);
    user.run(folder, "tar", "--extract", "--zstd", "--file", archive.toString());
    try (Stream<Path> found = Files.list(folder)) {
      List<Path> trees = found.filter(Files::isDirectory).toList();
      if (trees.size() != 1) {
        throw new BenchFailed("the Image Builder's archive holds not one folder but " + trees);
      }
      return new BareTree(user, server, trees.getFirst());
    }
  }

  /** A private copy with nothing downloaded yet. */
  Path copyTo(Path place) throws IOException {
    user.run(
        tree.resolveSibling("."), "cp", "-a", "--reflink=auto", tree.toString(), place.toString());
    Path opkg = place.resolve("repositories.conf");
    Path feeds = Files.exists(opkg) ? opkg : place.resolve("repositories");
    Files.writeString(feeds, here(Files.readString(feeds), server));
    return place;
  }

  static String here(String feeds, URI server) {
    if (!feeds.contains(CANONICAL)) {
      throw new BenchFailed("the Image Builder's feeds are not at " + CANONICAL + ":\n" + feeds);
    }
    return feeds.replace(CANONICAL, server.toString());
  }

  private static void download(BuildView built, URI server, Path to) throws IOException {
    String url = String.valueOf(built.archiveUrl()).replace(CANONICAL, server.toString());
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
      String digest = Sha256.of(answer.body()).hex();
      if (!digest.equals(built.archiveSha256())) {
        throw new BenchFailed(
            "%s answered %d and bytes with SHA-256 %s, but the farm used %s"
                .formatted(url, answer.statusCode(), digest, built.archiveSha256()));
      }
      Files.write(to, answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("stopped", e);
    }
  }
}
