package dev.wrtfarm.flash.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.ImageFacts;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenMintTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private TokenMint mint;

  @BeforeEach
  void open_a_journal_for_its_key() throws IOException {
    mint = mintAt(NOW, "one");
  }

  @Test
  void a_token_is_for_its_plan_and_no_two_are_the_same() throws Exception {
    String token = mint.make(plan("job", 7, "aa", null)).token();

    mint.checkAge(token);
    assertThat(mint.isFor(token, plan("job", 7, "aa", null))).isTrue();
    assertThat(mint.make(plan("job", 7, "aa", null)).token()).isNotEqualTo(token);
  }

  @Test
  void whatever_is_different_makes_it_another_plan() {
    String token = mint.make(plan("job", 7, "aa", null)).token();

    assertThat(mint.isFor(token, plan("other", 7, "aa", null))).isFalse();
    assertThat(mint.isFor(token, plan("job", 8, "aa", null))).isFalse();
    assertThat(mint.isFor(token, plan("job", 7, "ab", null))).isFalse();
    assertThat(mint.isFor(token, plan("job", 7, "aa", 4096L))).isFalse();
  }

  @Test
  void a_token_is_good_for_ten_minutes_and_nobody_can_give_it_more() throws Exception {
    TokenMint.Minted minted = mint.make(plan("job", 7, "aa", null));
    assertThat(minted.expires()).isEqualTo(NOW.plus(Duration.ofMinutes(10)));

    mintAt(minted.expires(), "one").checkAge(minted.token());
    TokenMint later = mintAt(minted.expires().plusSeconds(1), "one");
    refused(() -> later.checkAge(minted.token()), RefusalReason.TOKEN_EXPIRED);

    String[] parts = minted.token().split("\\.", -1);
    String prolonged =
        parts[0] + "." + minted.expires().plusSeconds(600).getEpochSecond() + "." + parts[2];
    later.checkAge(prolonged);
    assertThat(later.isFor(prolonged, plan("job", 7, "aa", null))).isFalse();
  }

  @Test
  void another_hosts_token_and_no_token_at_all_are_refused() throws Exception {
    String foreign = mintAt(NOW, "two").make(plan("job", 7, "aa", null)).token();
    assertThat(mint.isFor(foreign, plan("job", 7, "aa", null))).isFalse();

    for (String word : List.of("", "yes", "a.b.c", "..", "1.99999999999999999999.2")) {
      refused(() -> mint.checkAge(word), RefusalReason.TOKEN_INVALID);
    }
  }

  private interface Check {
    void run() throws DeviceRefused;
  }

  private static void refused(Check check, RefusalReason reason) {
    assertThatThrownBy(check::run)
        .isInstanceOfSatisfying(
            DeviceRefused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private TokenMint mintAt(Instant now, String host) throws IOException {
    try (Journal journal =
        Journal.open(folder.resolve(host), host, InstantSource.system(), List.of())) {
      return new TokenMint(journal.key(), InstantSource.fixed(now));
    }
  }

  private static TokenSubject plan(
      String job, long sequence, String firstMib, @Nullable Long prefix) {
    return new TokenSubject(
        job,
        FlashKind.FLASH,
        "slot-1",
        new DeviceFacts(
            "port", "/dev/sdb", "8:16", sequence, 1L << 30, "usb", null, null, null, null, false),
        "boot",
        firstMib,
        new ImageFacts("sample.img", "a", 1, "raw", "b", 1 << 20, null, null),
        new FlashOptions(Level.STANDARD, Wipe.SIGNATURES, prefix, null),
        null);
  }
}
