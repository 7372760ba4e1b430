package dev.wrtfarm.flash.wipe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Knows what holds data by the marks that each kind has at a fixed place. */
enum FileSystem {
  SQUASHFS("squashfs", 0, "68737173", 0, 0),
  EROFS("EROFS", 1024, "e2e1f5e0", 1024 + 64, 16),
  EXT("ext2/3/4", 0x438, "53ef", 0x478, 16),
  F2FS("f2fs", 0x400, "1020f5f2", 0, 0),
  BTRFS("btrfs", 0x10040, "5f42485266535f4d", 0x1012b, 256),
  XFS("XFS", 0, "58465342", 0x6c, 12),
  NTFS("NTFS", 3, "4e54465320202020", 0, 0),
  EXFAT("exFAT", 3, "4558464154202020", 0, 0),
  FAT32("FAT", 0x52, "4641543332", 0x47, 11),
  FAT16("FAT", 0x36, "464154", 0x2b, 11),
  LUKS("an encrypted volume (LUKS)", 0, "4c554b53babe", 0, 0),
  LVM("an LVM volume", 0x218, "4c564d32203030", 0, 0),
  SWAP("swap space", 0xff6, "5357415053504143", 0, 0),
  RAID("a member of a RAID", 0x1000, "fc4e2ba9", 0, 0),
  ISO("an ISO 9660 image", 0x8001, "4344303031", 0x8028, 32);

  /** How many bytes of a partition are needed to know all of them. */
  static final int HEAD = 0x11000;

  private final String shown;
  private final int offset;
  private final byte[] magic;
  private final int label;
  private final int labelBytes;

  FileSystem(String shown, int offset, String magic, int label, int labelBytes) {
    this.shown = shown;
    this.offset = offset;
    this.magic = HexFormat.of().parseHex(magic);
    this.label = label;
    this.labelBytes = labelBytes;
  }

  /** {@code ext2/3/4 "rootfs"} */
  static Optional<String> in(byte[] head) {
    for (FileSystem kind : values()) {
      int end = kind.offset + kind.magic.length;
      if (head.length >= end
          && Arrays.equals(head, kind.offset, end, kind.magic, 0, kind.magic.length)) {
        return Optional.of(kind.shown + kind.labelIn(head));
      }
    }
    return Optional.empty();
  }

  private String labelIn(byte[] head) {
    if (labelBytes == 0 || head.length < label + labelBytes) {
      return "";
    }
    String text = new String(head, label, labelBytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\0');
    String shownText = (end < 0 ? text : text.substring(0, end)).strip();
    // The card may have been written by anybody; only plain characters reach a terminal.
    return shownText.isEmpty() || !shownText.matches("[\\x21-\\x7e ]+")
        ? ""
        : " \"" + shownText + "\"";
  }
}
