package dev.wrtfarm.flash.wipe;

import dev.wrtfarm.common.value.ByteSize;
import dev.wrtfarm.flash.image.PartitionTable;
import dev.wrtfarm.flash.image.PartitionTable.Partition;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is on a card now.
 *
 * @param firstMibSha256 changes whenever somebody writes another table or boot loader to it
 * @param destroys what will be gone, a line each, for the person who has to confirm it
 * @param error the kernel's name for why the head cannot be read; null when it can. Such a card may
 *     still take an image
 */
public record CardContent(
    String firstMibSha256,
    List<Partition> partitions,
    List<String> destroys,
    @Nullable String error) {
  private static final int MIB = 1 << 20;

  /** Reads a little at the head, and at the head of each partition. */
  public static CardContent read(Medium medium) {
    try (DirectReader reader = new DirectReader(medium)) {
      byte[] head = reader.read(0, MIB);
      byte[] table = Arrays.copyOf(head, Math.min(head.length, PartitionTable.HEAD));
      List<Partition> partitions = new ArrayList<>();
      for (Partition partition : PartitionTable.read(table)) {
        partitions.add(partition);
        partitions.addAll(LogicalPartitions.within(reader, partition));
      }
      return new CardContent(
          sha256(head), List.copyOf(partitions), destroys(reader, head, partitions), null);
    } catch (MediumFailed e) {
      return new CardContent(
          sha256(new byte[0]),
          List.of(),
          List.of("what is on the card cannot be told: " + e.getMessage()),
          e.error());
    }
  }

  private static List<String> destroys(DirectReader reader, byte[] head, List<Partition> partitions)
      throws MediumFailed {
    List<String> lines = new ArrayList<>();
    for (Partition partition : partitions) {
      lines.add(
          "partition %d: %s, %s"
              .formatted(
                  partition.number(), new ByteSize(partition.bytes()), kind(reader, partition)));
    }
    if (partitions.isEmpty()) {
      Optional<String> whole = FileSystem.in(head);
      whole.ifPresent(kind -> lines.add("the whole card: " + kind));
      if (whole.isEmpty()) {
        lines.add(
            isBlank(head)
                ? "nothing that can be told: no partition table, and zeros at its head"
                : "content of no known kind, without a partition table");
      }
    }
    return List.copyOf(lines);
  }

  private static String kind(DirectReader reader, Partition partition) {
    if (LogicalPartitions.isContainer(partition)) {
      return "a container of the following";
    }
    try {
      byte[] start = reader.read(partition.offset(), FileSystem.HEAD);
      return FileSystem.in(start).orElse("content of no known kind");
    } catch (MediumFailed e) {
      return "which cannot be read (" + e.error() + ")";
    }
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte one : bytes) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JDK has SHA-256", e);
    }
  }
}
