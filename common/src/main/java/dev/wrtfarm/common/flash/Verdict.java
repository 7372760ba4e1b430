package dev.wrtfarm.common.flash;

/**
 * What a run found, what that means for a person, and what to do with the card. {@code
 * docs/flashing.md} has one row for each.
 */
public enum Verdict {
  PASSED("the card holds exactly the image", "use it"),
  PARTIAL(
      "the part of the card that was read holds the image; the rest was not read",
      "good for a quick look; verify it whole before a test relies on it"),
  GHOST_WRITE(
      "the card reported success and kept its old data",
      "try it once more in another reader; if it happens there too, destroy the card"),
  READ_ONLY(
      "the card takes no writes any more",
      "look at the lock switch of card and adapter; if it is open, the card is worn out: replace it"),
  FAKE_CAPACITY(
      "the card is smaller than it says",
      "give it back to whoever sold it; do not use it for small images either"),
  DATA_LOST(
      "the card holds something else than what was written",
      "flash it again in another reader; if that fails too, destroy the card"),
  UNSTABLE(
      "the card gives different data each time it is read",
      "clean its contacts and try another reader; if that fails too, destroy the card"),
  READ_FAILED(
      "parts of the card cannot be read",
      "flash it again in another reader; if that fails too, destroy the card"),
  WRITE_FAILED(
      "the card refuses to be written",
      "look at lock switch, reader and cable, and flash it again; if that fails too, replace it"),
  IMAGE_REFUSED(
      "the image is not what the record says; the card does not boot",
      "nothing is wrong with the card: get the image anew, and flash it again"),
  DEVICE_CHANGED(
      "the slot does not hold the same card any more",
      "put the card that you mean into the slot, and ask again: that makes a new plan"),
  REFUSED(
      "the device is not one that may be written; nothing was written",
      "the message names what is in the way: free the device, or name another slot"),
  STUCK(
      "the card does not answer; take it out",
      "unplug the reader, wait ten seconds, plug it in again; if it happens twice, destroy the card"),
  INTERRUPTED(
      "the run was cut off after it began to write; nobody knows what the card holds",
      "look at the card, tell the farm what is on it, and flash it again before you use it"),
  CANCELLED("stopped on request; the card does not boot", "flash it again before you use it"),
  NOT_EXCLUSIVE(
      "something else has the device; nothing was written",
      "end the program that the message names, often one that mounts cards by itself, and ask again"),
  FARM_REFUSED(
      "the farm did not give its word; nothing was written",
      "nothing is wrong with the card: look at the job's reason, and ask again");

  private final String meaning;
  private final String advice;

  Verdict(String meaning, String advice) {
    this.meaning = meaning;
    this.advice = advice;
  }

  /** In plain words, for a person. */
  public String meaning() {
    return meaning;
  }

  /** What to do with the card now. */
  public String advice() {
    return advice;
  }

  public boolean isGood() {
    return this == PASSED || this == PARTIAL;
  }
}
