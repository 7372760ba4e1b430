package dev.wrtfarm.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.cli.demo.PartitionTable.Partition;
import dev.wrtfarm.cli.output.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * What is inside a disk image, read from its bytes rather than from what the farm says about it.
 *
 * @param files of the squashfs root file system, as absolute paths
 * @param marker the image id that its own {@code /etc/wrtfarm-build.json} names
 */
record OpenedImage(PartitionTable table, Partition root, List<String> files, String marker) {
  private static final String MARKER_FILE = "etc/wrtfarm-build.json";
  private static final String LISTED_BELOW = "squashfs-root";
  private static final byte[] SQUASHFS = "hsqs".getBytes(StandardCharsets.US_ASCII);

  OpenedImage {
    files = List.copyOf(files);
  }

  static OpenedImage of(Path compressed) throws IOException {
    Path image = Files.createTempFile("wrtfarm-demo-", ".img");
    try {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(compressed), 1 << 16)) {
        Files.copy(in, image, StandardCopyOption.REPLACE_EXISTING);
      }
      return ofRaw(image);
    } finally {
      Files.delete(image);
    }
  }

  /** An image as it is on a card; what comes behind it does not matter. */
  static OpenedImage ofRaw(Path image) throws IOException {
    PartitionTable table = PartitionTable.read(image);
    Partition root = squashfs(image, table);
    List<String> files =
        unsquashfs(root, image, "-l")
            .lines()
            .filter(line -> line.startsWith(LISTED_BELOW + "/"))
            .map(line -> line.substring(LISTED_BELOW.length()))
            .toList();
    JsonNode marker = Json.MAPPER.readTree(unsquashfs(root, image, "-cat", MARKER_FILE));
    return new OpenedImage(table, root, files, marker.path("imageId").asText());
  }

  private static Partition squashfs(Path image, PartitionTable table) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(image.toFile(), "r")) {
      for (Partition each : table.partitions()) {
        byte[] magic = new byte[SQUASHFS.length];
        bytes.seek(each.offset());
        if (bytes.read(magic) == magic.length && java.util.Arrays.equals(magic, SQUASHFS)) {
          return each;
        }
      }
    }
    throw new IOException(image + " has no partition with a squashfs");
  }

  private static String unsquashfs(Partition root, Path image, String what, String... files)
      throws IOException {
    List<String> command = new java.util.ArrayList<>();
    command.addAll(List.of("unsquashfs", "-o", Long.toString(root.offset()), what));
    command.add(image.toString());
    command.addAll(List.of(files));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.onExit().join().exitValue();
    if (code != 0) {
      throw new IOException("%s ended with exit code %d".formatted(command, code));
    }
    return output;
  }

  boolean holds(String path) {
    return files.contains(path);
  }

  Optional<String> firstMissing(List<String> wanted) {
    return wanted.stream().filter(path -> !holds(path)).findFirst();
  }
}
