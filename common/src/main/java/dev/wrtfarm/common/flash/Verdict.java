package dev.wrtfarm.common.flash;

/**
 * What a run found, with what it means for a person. {@code docs/flashing.md} has one part each.
 */
public enum Verdict {
  PASSED("the card holds exactly the image"),
  PARTIAL("the part of the card that was read holds the image; the rest was not read"),
  GHOST_WRITE("the card reported success and kept its old data"),
  READ_ONLY("the card takes no writes any more"),
  FAKE_CAPACITY("the card is smaller than it says"),
  DATA_LOST("the card holds something else than what was written"),
  UNSTABLE("the card gives different data each time it is read"),
  READ_FAILED("parts of the card cannot be read"),
  WRITE_FAILED("the card refuses to be written"),
  IMAGE_REFUSED("the image is not what the record says; the card does not boot"),
  DEVICE_CHANGED("the slot does not hold the same card any more"),
  REFUSED("the device is not one that may be written; nothing was written"),
  STUCK("the card does not answer; take it out"),
  INTERRUPTED("the run was cut off after it began to write; nobody knows what the card holds"),
  CANCELLED("stopped on request; the card does not boot"),
  NOT_EXCLUSIVE("something else has the device; nothing was written"),
  FARM_REFUSED("the farm did not give its word; nothing was written");

  private final String meaning;

  Verdict(String meaning) {
    this.meaning = meaning;
  }

  /** In plain words, for a person. */
  public String meaning() {
    return meaning;
  }

  public boolean isGood() {
    return this == PASSED || this == PARTIAL;
  }
}
