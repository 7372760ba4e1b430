package dev.wrtfarm.cli.demo;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The four entries of a master boot record, the table that OpenWrt's disk images carry. */
record PartitionTable(List<Partition> partitions) {
  static final int SECTOR = 512;
  private static final int FIRST_ENTRY = 446;
  private static final int ENTRY = 16;
  private static final int ENTRIES = 4;
  private static final int SIGNATURE_AT = 510;
  private static final short SIGNATURE = (short) 0xAA55;
  private static final int BOOTABLE = 0x80;

  PartitionTable {
    partitions = List.copyOf(partitions);
  }

  /** An entry that is in use; sizes in sectors of 512 bytes. */
  record Partition(int number, boolean bootable, int type, long firstSector, long sectors) {
    long offset() {
      return firstSector * SECTOR;
    }

    long bytes() {
      return sectors * SECTOR;
    }

    String typeName() {
      return switch (type) {
        case 0x0b, 0x0c -> "FAT32";
        case 0x06, 0x0e -> "FAT16";
        case 0x83 -> "Linux";
        case 0xee -> "GPT";
        default -> "type 0x%02x".formatted(type);
      };
    }
  }

  static PartitionTable read(Path image) throws IOException {
    ByteBuffer sector = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(image)) {
      while (sector.hasRemaining()) {
        if (channel.read(sector) < 0) {
          throw new EOFException(image + " is shorter than one sector");
        }
      }
    }
    if (sector.getShort(SIGNATURE_AT) != SIGNATURE) {
      throw new IOException(image + " has no partition table");
    }
    List<Partition> used = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      int at = FIRST_ENTRY + i * ENTRY;
      int type = Byte.toUnsignedInt(sector.get(at + 4));
      if (type != 0) {
        used.add(
            new Partition(
                i + 1,
                Byte.toUnsignedInt(sector.get(at)) == BOOTABLE,
                type,
                Integer.toUnsignedLong(sector.getInt(at + 8)),
                Integer.toUnsignedLong(sector.getInt(at + 12))));
      }
    }
    return new PartitionTable(used);
  }
}
