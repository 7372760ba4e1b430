package dev.wrtfarm.flash.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.common.flash.ImageFacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageFileTest {
  private static final long ANY = 1L << 40;
  private static final byte[] RAW = DiskBytes.random(3_000_001, 7).bytes();
  private static final byte[] METADATA =
      Packed.firmwareBlock(
          1, "\0\0\0\0\0\0\0\0{\"version\":\"25.12\"}".getBytes(StandardCharsets.UTF_8));
  private static final byte[] SIGNATURE = Packed.firmwareBlock(0, new byte[] {9, 8, 7});

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(ImageFormat.class)
  void reads_each_format_as_the_same_raw_bytes(ImageFormat format) throws Exception {
    byte[] packed = packed(format);

    ImageFile image = look(packed, "openwrt" + ending(format), null);

    assertThat(image.facts())
        .isEqualTo(
            new ImageFacts(
                "openwrt" + ending(format),
                sha256(packed),
                packed.length,
                format.word(),
                sha256(RAW),
                RAW.length,
                null,
                "0123456789abcdef"));
    assertThat(all(image)).isEqualTo(RAW);
    assertThat(all(image)).as("a second time").isEqualTo(RAW);
    assertThat(all(ImageFile.known(folder.resolve("file"), image.facts()))).isEqualTo(RAW);
  }

  @ParameterizedTest
  @EnumSource(ImageFormat.class)
  void refuses_a_file_that_changed_since_it_was_looked_through(ImageFormat format)
      throws Exception {
    byte[] packed = packed(format);
    ImageFile image = look(packed, "openwrt.img", null);
    for (int at : new int[] {packed.length / 2, packed.length - 1}) {
      byte[] changed = packed.clone();
      changed[at] ^= 4;
      Files.write(folder.resolve("file"), changed);

      assertThatThrownBy(() -> all(image)).as("byte %d", at).isInstanceOf(ImageRefused.class);
    }
    Files.write(folder.resolve("file"), Packed.join(packed, new byte[4]));
    assertThatThrownBy(() -> all(image)).as("longer").isInstanceOf(ImageRefused.class);
    Files.write(folder.resolve("file"), Arrays.copyOf(packed, packed.length - 1));
    assertThatThrownBy(() -> all(image)).as("shorter").isInstanceOf(ImageRefused.class);
  }

  @ParameterizedTest
  @EnumSource(value = ImageFormat.class, names = "RAW", mode = EnumSource.Mode.EXCLUDE)
  void refuses_a_packed_image_that_was_cut_off(ImageFormat format) throws Exception {
    byte[] packed = packed(format);
    for (int length : new int[] {14, packed.length / 2, packed.length - 9, packed.length - 1}) {
      byte[] part = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> look(part, "a.img", null))
          .as("the first %d of %d bytes", length, packed.length)
          .isInstanceOf(ImageRefused.class)
          .hasMessageContaining("a.img")
          .hasMessageContaining("fetch it again");
    }
  }

  @ParameterizedTest
  @EnumSource(value = ImageFormat.class, names = "RAW", mode = EnumSource.Mode.EXCLUDE)
  void refuses_a_small_file_that_unpacks_to_more_than_fits(ImageFormat format) throws Exception {
    byte[] bomb = pack(format, new byte[32 * 1024 * 1024]);

    assertThatThrownBy(() -> look(bomb, "a.img", null, 8 * 1024 * 1024))
        .isInstanceOf(ImageRefused.class)
        .hasMessageContaining("more than 8388608 bytes");
  }

  @ParameterizedTest
  @EnumSource(value = ImageFormat.class, names = "RAW", mode = EnumSource.Mode.EXCLUDE)
  void refuses_garbage_behind_a_packed_image(ImageFormat format) throws Exception {
    byte[] packed = packed(format);
    byte[] tail = "something else".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> look(Packed.join(packed, tail), "a.img", null))
        .isInstanceOf(ImageRefused.class);
  }

  /** A lane unpacks it while it writes, in a process with little memory. */
  @Test
  void refuses_an_xz_image_that_takes_more_memory_than_a_lane_has() throws Exception {
    assertThat(look(xzWithDictionary(28), "a.img.xz", null).facts().rawSize())
        .as("64 MiB, as of xz -9")
        .isEqualTo(RAW.length);
    assertThatThrownBy(() -> look(xzWithDictionary(30), "a.img.xz", null))
        .isInstanceOf(ImageRefused.class)
        .hasMessageContaining("128 MiB", "xz -9");
  }

  /** As the format's description has it: 2^(code / 2 + 12) bytes. */
  private static byte[] xzWithDictionary(int code) throws IOException {
    byte[] packed = Packed.xz(RAW);
    int header = 12;
    int length = (packed[header] + 1) * 4;
    packed[header + 4] = (byte) code;
    CRC32 check = new CRC32();
    check.update(packed, header, length - 4);
    ByteBuffer.wrap(packed)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(header + length - 4, (int) check.getValue());
    return packed;
  }

  @Test
  void takes_what_openwrt_appends_to_a_gzip_image_for_no_part_of_it() throws Exception {
    byte[] gzip = Packed.gzip(RAW);
    for (byte[] tail :
        new byte[][] {
          METADATA,
          Packed.join(METADATA, SIGNATURE),
          Packed.join(new byte[512], METADATA),
          new byte[1024]
        }) {
      byte[] file = Packed.join(gzip, tail);
      ImageFile image = look(file, "openwrt.img.gz", sha256(file));

      assertThat(image.facts().rawSha256()).isEqualTo(sha256(RAW));
      assertThat(image.facts().size()).isEqualTo(file.length);
      assertThat(all(image)).isEqualTo(RAW);
    }
  }

  @Test
  void refuses_other_tails_of_a_gzip_image() throws Exception {
    byte[] gzip = Packed.gzip(RAW);
    refusesTail(Packed.gzip(new byte[1000]), "a second gzip stream");
    refusesTail(HexFormat.of().parseHex("1f8b0800"), "a second gzip stream");
    refusesTail(Packed.join(new byte[] {1}, METADATA), "no firmware metadata");
    refusesTail(Packed.join(METADATA, new byte[] {1}), "no firmware metadata");
    byte[] tooLong = METADATA.clone();
    tooLong[tooLong.length - 2] = 1;
    refusesTail(tooLong, "broken metadata");
    assertThatThrownBy(
            () -> look(Packed.join(gzip, new byte[FirmwareTail.LIMIT + 1]), "a.img.gz", null))
        .hasMessageContaining("behind its gzip stream");
  }

  private void refusesTail(byte[] tail, String why) throws IOException {
    byte[] file = Packed.join(Packed.gzip(RAW), tail);
    assertThatThrownBy(() -> look(file, "a.img.gz", null))
        .isInstanceOf(ImageRefused.class)
        .hasMessageContaining(why);
  }

  @Test
  void checks_what_the_gzip_trailer_says() throws Exception {
    byte[] gzip = Packed.gzip(RAW);
    byte[] crc = gzip.clone();
    crc[gzip.length - 8] ^= 1;
    assertThatThrownBy(() -> look(crc, "a.img.gz", null)).hasMessageContaining("check sum");
    byte[] length = gzip.clone();
    length[gzip.length - 1] ^= 1;
    assertThatThrownBy(() -> look(length, "a.img.gz", null)).hasMessageContaining("length");
  }

  @Test
  void reads_gzip_headers_with_all_their_fields() throws Exception {
    byte[] gzip = Packed.gzip(RAW);
    byte[] head =
        HexFormat.of().parseHex("1f8b081e000000000003" + "0300616263" + "6e00" + "6300" + "0000");

    ImageFile image = look(Packed.join(head, Arrays.copyOfRange(gzip, 10, gzip.length)), "a", null);

    assertThat(image.facts().rawSha256()).isEqualTo(sha256(RAW));
  }

  @Test
  void names_both_digests_of_a_file_that_is_not_the_one_meant() throws Exception {
    String expected = sha256(new byte[1]);
    assertThatThrownBy(() -> look(RAW, "a.img", expected))
        .isInstanceOf(ImageRefused.class)
        .hasMessageContaining(expected)
        .hasMessageContaining(sha256(RAW));
    byte[] half = Arrays.copyOf(Packed.gzip(RAW), 1000);
    assertThatThrownBy(() -> look(half, "a.img.gz", expected))
        .as("also when it is damaged")
        .hasMessageContaining(expected)
        .hasMessageContaining(sha256(half));
  }

  @Test
  void refuses_what_is_no_image_by_what_it_is() {
    refuses("<!DOCTYPE html><html>", "a.img", "HTML");
    refuses("PK\3\4", "a.img", "zip");
    refuses("BZh9", "a.img.bz2", "bzip2");
    refuses("x".repeat(4096), "a.img.gz", "holds raw data");
    refuses("x".repeat(100), "a.img", "no disk image");
    refuses("", "a.img", "no disk image");
    assertThatThrownBy(() -> ImageFile.look(folder.resolve("none"), "a.img", null, null, ANY))
        .isInstanceOf(ImageRefused.class)
        .hasMessageContaining(folder.resolve("none").toString());
  }

  private void refuses(String content, String name, String why) {
    assertThatThrownBy(() -> look(content.getBytes(StandardCharsets.ISO_8859_1), name, null))
        .isInstanceOf(ImageRefused.class)
        .hasMessageContaining(name)
        .hasMessageContaining(why);
  }

  private ImageFile look(byte[] file, String name, @Nullable String sha256) throws IOException {
    return look(file, name, sha256, ANY);
  }

  private ImageFile look(byte[] file, String name, @Nullable String sha256, long largest)
      throws IOException {
    Path path = Files.write(folder.resolve("file"), file);
    return ImageFile.look(path, name, sha256, "0123456789abcdef", largest);
  }

  private static byte[] all(ImageInput image) throws IOException {
    try (InputStream in = image.open()) {
      return in.readAllBytes();
    }
  }

  private static byte[] packed(ImageFormat format) throws IOException {
    return pack(format, RAW);
  }

  private static byte[] pack(ImageFormat format, byte[] raw) throws IOException {
    return switch (format) {
      case RAW -> raw;
      case GZIP -> Packed.gzip(raw);
      case ZSTD -> Packed.zstd(raw);
      case XZ -> Packed.xz(raw);
    };
  }

  private static String ending(ImageFormat format) {
    return switch (format) {
      case RAW -> ".img";
      case GZIP -> ".img.gz";
      case ZSTD -> ".img.zst";
      case XZ -> ".img.xz";
    };
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
