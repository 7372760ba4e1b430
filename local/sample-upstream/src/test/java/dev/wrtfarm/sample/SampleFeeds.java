package dev.wrtfarm.sample;

import dev.wrtfarm.sample.server.Faults;
import dev.wrtfarm.sample.server.RequestLog;
import dev.wrtfarm.sample.server.UpstreamServer;
import java.io.IOException;
import java.nio.file.Path;

/** The built tree, served, and Image Builders that use it, in folders of their own. */
final class SampleFeeds implements AutoCloseable {
  private final Workspace workspace = Workspace.open();
  private final UpstreamServer server =
      UpstreamServer.start(BuiltSite.ROOT, 0, Faults.none(), RequestLog.off());
  private int builders;

  SampleFeeds() throws IOException {}

  ImageBuilder builder(String release, String target) throws IOException, InterruptedException {
    return ImageBuilder.extract(release, target, folder("tree"), server.url());
  }

  /** A path that nothing uses yet. */
  Path folder(String name) {
    builders++;
    return workspace.resolve(name + builders);
  }

  @Override
  public void close() throws IOException {
    server.close();
    workspace.close();
  }
}
