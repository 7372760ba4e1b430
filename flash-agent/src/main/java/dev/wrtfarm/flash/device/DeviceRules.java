package dev.wrtfarm.flash.device;

/**
 * What the host's operator decides; all other rules are fixed.
 *
 * @param testHost whether loop devices and regular files may be written to
 * @param largest in bytes; what is larger is taken for a disk that somebody keeps things on
 */
public record DeviceRules(boolean testHost, long largest) {
  public static final long LARGEST_CARD = 256_000_000_000L;
}
