package dev.wrtfarm.flash.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The partitions that the first blocks of a disk or an image name, in the order of the table. Reads
 * what may have been written by anybody, so it believes no number: what makes no sense is left out.
 */
public final class PartitionTable {
  /** How much of the head of a disk is looked at; all tables that are in use lie within. */
  public static final int HEAD = 64 * 1024;

  private static final int SECTOR = 512;
  private static final int GPT_ENTRIES = 128;
  private static final int PROTECTIVE = 0xee;
  private static final byte[] GPT = {'E', 'F', 'I', ' ', 'P', 'A', 'R', 'T'};

  private PartitionTable() {}

  /**
   * In bytes.
   *
   * @param type {@code 0x83}, or {@code GPT}
   */
  public record Partition(int number, long offset, long bytes, String type) {}

  /** {@code head} may be shorter than {@link #HEAD}; what it does not hold is not found. */
  public static List<Partition> read(byte[] head) {
    if (head.length < SECTOR || Bytes.le16(head, 510) != 0xaa55) {
      return List.of();
    }
    List<Partition> found = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int entry = 446 + 16 * i;
      int type = head[entry + 4] & 0xff;
      if (type == PROTECTIVE) {
        List<Partition> gpt = gpt(head);
        if (!gpt.isEmpty()) {
          return gpt;
        }
      }
      add(
          found,
          i + 1,
          Bytes.le32(head, entry + 8),
          Bytes.le32(head, entry + 12),
          "0x%02x".formatted(type),
          type != 0 && type != PROTECTIVE);
    }
    return List.copyOf(found);
  }

  private static List<Partition> gpt(byte[] head) {
    if (head.length < 2 * SECTOR || !Arrays.equals(head, SECTOR, SECTOR + 8, GPT, 0, 8)) {
      return List.of();
    }
    long table = Bytes.le64(head, SECTOR + 72);
    long count = Math.min(Bytes.le32(head, SECTOR + 80), GPT_ENTRIES);
    long size = Bytes.le32(head, SECTOR + 84);
    if (table < 2 || table > HEAD / SECTOR || size < 128 || size > 4096) {
      return List.of();
    }
    List<Partition> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long at = table * SECTOR + i * size;
      if (at + size > head.length) {
        break;
      }
      int entry = (int) at;
      long first = Bytes.le64(head, entry + 32);
      long last = Bytes.le64(head, entry + 40);
      boolean used = Bytes.le64(head, entry) != 0 || Bytes.le64(head, entry + 8) != 0;
      add(found, i + 1, first, last - first + 1, "GPT", used);
    }
    return List.copyOf(found);
  }

  private static void add(
      List<Partition> found, int number, long first, long sectors, String type, boolean used) {
    long most = Long.MAX_VALUE / SECTOR / 2;
    if (used && first > 0 && sectors > 0 && first < most && sectors < most) {
      found.add(new Partition(number, first * SECTOR, sectors * SECTOR, type));
    }
  }
}
