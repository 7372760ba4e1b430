package dev.wrtfarm.common.flash;

import org.jspecify.annotations.Nullable;

/**
 * A whole block device as it is now.
 *
 * @param port the reader's port, the same after each attach: {@code pci-0000:00:14.0-usb-0:2:1.0-…}
 * @param node {@code /dev/sdb}: luck, shown to people only
 * @param number {@code 8:16}
 * @param sequence the kernel's disk sequence number, new with each attach and each medium
 * @param size in bytes
 * @param bus {@code usb}, {@code mmc}, {@code loop}, {@code file}
 * @param reader vendor, model and serial of the reader, as far as it says
 * @param cid the card's own identity in hexadecimal, when the host exposes it
 * @param csd the card's own description in hexadecimal, when the host exposes it
 * @param writeCache {@code write back} or {@code write through}, as the kernel believes
 */
public record DeviceFacts(
    String port,
    String node,
    String number,
    long sequence,
    long size,
    String bus,
    @Nullable String reader,
    @Nullable String cid,
    @Nullable String csd,
    @Nullable String writeCache,
    boolean readOnly) {

  /** What a card is known by: its CID, or else the best that its reader says. */
  public String card() {
    return cid != null ? "cid:" + cid : "port:" + port + ":" + size;
  }
}
