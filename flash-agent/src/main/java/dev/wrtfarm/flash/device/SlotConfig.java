package dev.wrtfarm.flash.device;

/**
 * A place for a card, as the agent's configuration names it.
 *
 * @param port the reader's port, which stays the same whatever is in it and whatever else is
 *     plugged in: {@code pci-0000:00:14.0-usb-0:2:1.0-scsi-0:0:0:0}, as {@code ID_PATH} of udev has
 *     it. On a test host also {@code loop:/dev/loop7} and {@code file:/path}
 */
public record SlotConfig(String name, String port) {}
