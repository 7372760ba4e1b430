package dev.wrtfarm.worker.sandbox;

import dev.wrtfarm.worker.host.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The sandbox's own files in /etc: the same on every host. */
final class SandboxEtc {
  static final List<String> NAMES = List.of("passwd", "group", "hosts", "nsswitch.conf");
  private static final Map<String, String> CONTENT =
      Map.of(
          "passwd",
          "root:x:0:0:root:/tmp:/bin/sh\nbuilder:x:1000:1000:builder:/tmp:/bin/sh\n",
          "group",
          "root:x:0:\nbuilder:x:1000:\n",
          "hosts",
          "127.0.0.1 localhost builder\n",
          "nsswitch.conf",
          "passwd: files\ngroup: files\nhosts: files\n");

  private SandboxEtc() {}

  static Path write(Path dir) throws IOException {
    Folders.make(dir);
    for (String name : NAMES) {
      Files.writeString(dir.resolve(name), CONTENT.getOrDefault(name, ""));
    }
    return dir;
  }
}
