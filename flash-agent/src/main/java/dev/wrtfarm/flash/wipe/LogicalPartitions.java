package dev.wrtfarm.flash.wipe;

import dev.wrtfarm.flash.image.PartitionTable;
import dev.wrtfarm.flash.image.PartitionTable.Partition;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The partitions within an extended one: a chain of tables, each naming a partition (counted from
 * the table itself) and the next table (counted from the container).
 */
final class LogicalPartitions {
  private static final Set<String> CONTAINERS = Set.of("0x05", "0x0f", "0x85");
  private static final int SECTOR = 512;

  /** A chain that is longer, or a circle, was not made by any tool. */
  private static final int MOST = 64;

  private LogicalPartitions() {}

  static boolean isContainer(Partition partition) {
    return CONTAINERS.contains(partition.type());
  }

  static List<Partition> read(DirectReader reader, Partition container) throws MediumFailed {
    List<Partition> found = new ArrayList<>();
    long table = container.offset();
    for (int i = 0; i < MOST; i++) {
      long next = -1;
      for (Partition entry : PartitionTable.read(reader.read(table, SECTOR))) {
        if (isContainer(entry)) {
          next = container.offset() + entry.offset();
        } else {
          found.add(new Partition(5 + i, table + entry.offset(), entry.bytes(), entry.type()));
        }
      }
      if (next <= table) {
        break;
      }
      table = next;
    }
    return found;
  }
}
