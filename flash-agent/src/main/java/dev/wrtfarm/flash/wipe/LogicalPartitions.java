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

  /** None for a partition that is no container; those before the damage if one cannot be read. */
  static List<Partition> within(DirectReader reader, Partition container) {
    List<Partition> found = new ArrayList<>();
    if (isContainer(container)) {
      try {
        read(reader, container, found);
      } catch (MediumFailed e) {
        return found;
      }
    }
    return found;
  }

  private static void read(DirectReader reader, Partition container, List<Partition> found)
      throws MediumFailed {
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
  }
}
