package dev.wrtfarm.flash.image;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Packs bytes as images come. */
public final class Packed {
  private Packed() {}

  private interface Wrapper {
    OutputStream around(OutputStream out) throws IOException;
  }

  public static byte[] gzip(byte[] raw) throws IOException {
    return pack(raw, GZIPOutputStream::new);
  }

  public static byte[] zstd(byte[] raw) throws IOException {
    return pack(raw, out -> new ZstdOutputStreamNoFinalizer(out).setChecksum(true));
  }

  public static byte[] xz(byte[] raw) throws IOException {
    return pack(raw, out -> new XZOutputStream(out, new LZMA2Options(0)));
  }

  /** A block as OpenWrt's fwtool appends it. */
  public static byte[] firmwareBlock(int type, byte[] content) {
    int size = content.length + 16;
    return ByteBuffer.allocate(size)
        .put(content)
        .putInt(0x46577830)
        .putInt(0x12345678)
        .put((byte) type)
        .put(new byte[3])
        .putInt(size)
        .array();
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] pack(byte[] raw, Wrapper wrapper) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = wrapper.around(packed)) {
      out.write(raw);
    }
    return packed.toByteArray();
  }
}
