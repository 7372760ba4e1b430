package dev.wrtfarm.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrtfarm.launcher.FolderTree;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * The broker's files. The farm's truth is elsewhere, so a broker that did not come up with what it
 * had, say after a power cut or on a full disk, begins anew at the next try.
 */
record KafkaFolder(Path path) {

  /** Formats it when it is new, or when the last start with it did not succeed. */
  void prepare() throws Exception {
    if (Files.exists(trial())) {
      System.err.println("the Kafka broker did not come up the last time: it begins anew, empty");
      FolderTree.delete(path);
    }
    Files.writeString(trial(), "");
    if (!Files.exists(path.resolve("meta.properties"))) {
      format();
    }
  }

  /** The broker came up with it. */
  void hasServed() throws IOException {
    Files.deleteIfExists(trial());
  }

  private Path trial() {
    return path.resolveSibling(path.getFileName() + "-starting");
  }

  private void format() throws Exception {
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setNodeId(KafkaSettings.NODE)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName(KafkaSettings.CONTROLLER)
        .setDirectories(List.of(path.toString()))
        .setMetadataLogDirectory(path.toString())
        .run();
  }
}
