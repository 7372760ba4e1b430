package dev.wrtfarm.flash.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.flash.image.ImageRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSpaceTest {
  private static final int KIB = 1024;

  @TempDir Path temporary;
  private Path folder;
  private ImageSpace space;

  @BeforeEach
  void ten_kib_for_all_images() throws IOException {
    folder = Files.createDirectory(temporary.resolve("images"));
    space = new ImageSpace(folder, 10 * KIB);
  }

  @Test
  void what_is_on_its_way_counts_and_who_finds_no_room_is_told_why() throws Exception {
    try (ImageSpace.Part one = space.begin(image("a"));
        ImageSpace.Part two = space.begin(image("b"))) {
      one.reserve(6 * KIB, "one.img");

      assertThatThrownBy(() -> two.reserve(6 * KIB, "two.img"))
          .isInstanceOf(NoRoomYet.class)
          .hasMessageContaining("two.img needs 6.0 KiB")
          .hasMessageContaining("10.0 KiB (cache-size)")
          .hasMessageContaining("hold 6.0 KiB: ask again when they are over, or raise cache-size");
      two.reserve(4 * KIB, "two.img");
      assertThatThrownBy(() -> two.reserve(4 * KIB + 1, "two.img")).isInstanceOf(NoRoomYet.class);
    }
    try (ImageSpace.Part three = space.begin(image("c"))) {
      three.reserve(10 * KIB, "three.img");
      assertThatThrownBy(() -> three.reserve(11 * KIB, "three.img"))
          .isInstanceOf(ImageRefused.class)
          .hasMessageEndingWith("hold 0 B: raise cache-size");
      assertThatThrownBy(() -> three.reserve(Long.MAX_VALUE, "three.img"))
          .isInstanceOf(ImageRefused.class);
    }
  }

  @Test
  void what_was_used_longest_ago_makes_room_but_not_what_a_run_still_has() throws Exception {
    Path inUse = complete("a", 3 * KIB, 1);
    Path old = complete("b", 3 * KIB, 2);
    Path young = complete("c", 3 * KIB, 3);
    Files.createLink(temporary.resolve("of-a-run"), inUse);

    try (ImageSpace.Part part = space.begin(image("d"))) {
      assertThatThrownBy(() -> part.reserve(8 * KIB, "d.img")).hasMessageContaining("3.0 KiB");
      assertThat(old).as("not for nothing").exists();
      part.reserve(2 * KIB, "d.img");
      Files.write(part.file(), new byte[2 * KIB]);
      part.complete();
    }
    assertThat(old).doesNotExist();
    assertThat(inUse).exists();
    assertThat(young).exists();
    assertThat(image("d")).hasSize(2 * KIB);
  }

  @Test
  void what_is_used_stays_also_before_a_run_has_a_name_for_it() throws Exception {
    Path used = complete("a", 6 * KIB, 1);
    ImageSpace.Use first = space.use(used);
    try (ImageSpace.Use second = space.use(used);
        ImageSpace.Part part = space.begin(image("b"))) {
      first.close();
      first.close();
      assertThatThrownBy(() -> part.reserve(5 * KIB, "b.img")).hasMessageContaining("6.0 KiB");
      assertThat(used).exists();
      second.close();
      part.reserve(5 * KIB, "b.img");
    }
    assertThat(used).doesNotExist();
  }

  @Test
  void what_did_not_come_whole_leaves_nothing_behind() throws Exception {
    Path ofAKilledAgent = Files.write(folder.resolve(name("a") + ".part"), new byte[KIB]);

    try (ImageSpace.Part part = space.begin(image("b"))) {
      part.reserve(10 * KIB, "b.img");
      Files.write(part.file(), new byte[KIB]);
    }
    assertThat(ofAKilledAgent).doesNotExist();
    assertThat(folder).isEmptyDirectory();
    try (ImageSpace.Part part = space.begin(image("b"))) {
      part.reserve(10 * KIB, "b.img");
    }
  }

  @Test
  void what_nobody_knows_the_size_of_reserves_ahead_but_drives_nothing_out_for_that()
      throws Exception {
    int mib = KIB * KIB;
    space = new ImageSpace(folder, 20L * mib);
    Path old = complete("a", 2 * mib, 1);
    try (ImageSpace.Part one = space.begin(image("b"));
        ImageSpace.Part two = space.begin(image("c"))) {
      one.grow(1, "one.img");
      assertThatThrownBy(() -> two.reserve(5 * mib, "two.img")).hasMessageContaining("16.0 MiB");
      one.grow(17 * mib, "one.img");
      assertThat(old).exists();
      one.grow(18 * mib + 1, "one.img");
      assertThat(old).doesNotExist();
      one.grow(20 * mib, "one.img");
      assertThatThrownBy(() -> one.grow(20 * mib + 1, "one.img")).isInstanceOf(ImageRefused.class);
    }
  }

  private Path complete(String letter, int bytes, long usedAt) throws IOException {
    Path file = image(letter);
    try (ImageSpace.Part part = space.begin(file)) {
      part.reserve(bytes, letter);
      Files.write(part.file(), new byte[bytes]);
      part.complete();
    }
    return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(usedAt)));
  }

  private Path image(String letter) {
    return folder.resolve(name(letter));
  }

  private static String name(String letter) {
    return letter.repeat(64);
  }
}
