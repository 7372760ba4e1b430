package dev.wrtfarm.sample.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** A ustar archive in memory, in which everything belongs to root and has one time. */
final class TarArchive {
  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 100;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final long time;

  TarArchive(long time) {
    this.time = time;
  }

  TarArchive directory(String name) {
    return add(name, '5', 0755, "", new byte[0]);
  }

  TarArchive link(String name, String destination) {
    return add(name, '2', 0777, destination, new byte[0]);
  }

  TarArchive file(String name, boolean executable, byte[] content) {
    return add(name, '0', executable ? 0755 : 0644, "", content);
  }

  TarArchive file(String name, String content) {
    return file(name, false, content.getBytes(StandardCharsets.UTF_8));
  }

  private TarArchive add(String name, char type, int mode, String link, byte[] content) {
    if (name.length() > LONGEST_NAME || link.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("too long for a tar header: " + name);
    }
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "%07o".formatted(mode));
    put(header, 108, "%07o".formatted(0));
    put(header, 116, "%07o".formatted(0));
    put(header, 124, "%011o".formatted(content.length));
    put(header, 136, "%011o".formatted(time));
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar\00000root");
    put(header, 297, "root");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    out.writeBytes(header);
    out.writeBytes(content);
    out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    return this;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  byte[] gzipped() {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.writeBytes(out.toByteArray());
    tar.writeBytes(new byte[2 * BLOCK]);
    return gzip(tar.toByteArray());
  }

  /** The JDK writes no time into the header. */
  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }
}
