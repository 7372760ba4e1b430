package dev.wrtfarm.flash.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Makes the bytes of small disk images. */
public final class DiskBytes {
  private static final int SECTOR = 512;

  private final ByteBuffer bytes;

  private DiskBytes(int size, long seed) {
    byte[] random = new byte[size];
    new Random(seed).nextBytes(random);
    // Neither a table nor a file system by chance.
    random[510] = 0;
    bytes = ByteBuffer.wrap(random).order(ByteOrder.LITTLE_ENDIAN);
  }

  public static DiskBytes random(int size, long seed) {
    return new DiskBytes(size, seed);
  }

  public DiskBytes mbr() {
    bytes.put(446, new byte[64]).putShort(510, (short) 0xaa55);
    return this;
  }

  public DiskBytes mbrPartition(int number, int type, int firstSector, int sectors) {
    int entry = 446 + 16 * (number - 1);
    bytes.put(entry + 4, (byte) type).putInt(entry + 8, firstSector).putInt(entry + 12, sectors);
    return this;
  }

  public DiskBytes gpt() {
    mbr().mbrPartition(1, 0xee, 1, bytes.capacity() / SECTOR - 1);
    bytes.put(SECTOR, "EFI PART".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    bytes.putLong(SECTOR + 72, 2).putInt(SECTOR + 80, 128).putInt(SECTOR + 84, 128);
    bytes.put(2 * SECTOR, new byte[128 * 128]);
    return this;
  }

  public DiskBytes gptPartition(int number, long firstSector, long lastSector) {
    int entry = 2 * SECTOR + 128 * (number - 1);
    bytes.putLong(entry, 0x1122334455667788L);
    bytes.putLong(entry + 32, firstSector).putLong(entry + 40, lastSector);
    return this;
  }

  public DiskBytes squashfs(int offset, long used) {
    bytes.put(offset, new byte[] {'h', 's', 'q', 's'}).putLong(offset + 0x28, used);
    return this;
  }

  public DiskBytes erofs(int offset, int blocks, int shift) {
    bytes.putInt(offset + 1024, 0xe0f5e1e2);
    bytes.put(offset + 1024 + 12, (byte) shift).putInt(offset + 1024 + 36, blocks);
    return this;
  }

  public byte[] bytes() {
    return bytes.array();
  }
}
