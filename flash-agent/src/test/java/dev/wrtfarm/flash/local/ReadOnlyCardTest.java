package dev.wrtfarm.flash.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.faultdisk.loop.Loop;
import dev.wrtfarm.flash.device.DeviceGuard;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.device.DeviceRules;
import dev.wrtfarm.flash.device.HostRoots;
import dev.wrtfarm.flash.device.LoopFile;
import dev.wrtfarm.flash.device.Slots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real device that the kernel does not let anybody write to, and that holds the image. */
class ReadOnlyCardTest {
  private static final int MIB = 1 << 20;
  private static final DeviceRules TEST_HOST = new DeviceRules(true, DeviceRules.LARGEST_CARD);

  @TempDir Path folder;
  private Path image;
  private Path content;
  private LoopFile loop;

  @BeforeEach
  void attach() throws IOException {
    byte[] bytes = new byte[4 * MIB];
    new Random(1).nextBytes(bytes);
    image = Files.write(folder.resolve("sample.img"), bytes);
    content = Files.write(folder.resolve("card"), Arrays.copyOf(bytes, 48 * MIB));
    loop = LoopFile.make(content, 48L * MIB, "--read-only");
  }

  @AfterEach
  void detach() throws IOException {
    if (loop != null) {
      loop.close();
    }
  }

  @Test
  void it_can_be_verified_and_not_be_flashed() throws Exception {
    byte[] before = Files.readAllBytes(content);

    assertThat(local("verify")).startsWith("0 ").contains("PASSED", "the card is read-only");
    assertThat(local("run", "--confirm", loop.node())).startsWith("2 ").contains("READ_ONLY");
    assertThat(local("plan")).startsWith("2 ").contains("READ_ONLY");
    assertThat(content).hasBinaryContent(before);
  }

  @Test
  void all_else_that_stands_against_it_still_does() throws Exception {
    Slots slots = new Slots(HostRoots.REAL, TEST_HOST);
    DeviceGuard guard = new DeviceGuard(HostRoots.REAL, TEST_HOST);
    DeviceFacts facts = slots.look(loop.slot()).readyFor(FlashKind.VERIFY);
    assertThat(catchThrowableOfType(DeviceRefused.class, () -> guard.claim(facts)))
        .extracting(DeviceRefused::reason)
        .isEqualTo(RefusalReason.READ_ONLY);
    guard.inspect(facts).close();

    try (Loop top = Loop.attach(loop.path())) {
      assertThat(catchThrowableOfType(DeviceRefused.class, () -> guard.inspect(facts)))
          .as("under %s", top.node())
          .extracting(DeviceRefused::reason)
          .isEqualTo(RefusalReason.STACKED_LOOP);
    }
  }

  private String local(String word, String... more) throws InterruptedException {
    List<String> words = new ArrayList<>(List.of("local", word, "--test-host", "--level", "quick"));
    words.addAll(List.of("--image", image.toString(), "--device", loop.node()));
    words.addAll(List.of("--data", folder.resolve("data").toString()));
    words.addAll(List.of(more));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, UTF_8);
    int code = new LocalMain(InputStream.nullInputStream(), out, out).run(words);
    return code + " " + said.toString(UTF_8);
  }
}
