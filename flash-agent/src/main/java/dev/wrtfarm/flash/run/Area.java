package dev.wrtfarm.flash.run;

import java.util.Locale;

/** What a block of the card is for in this run. */
enum Area {
  IMAGE,
  WIPED,
  CANARY,
  NONCE;

  /** As reports call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
