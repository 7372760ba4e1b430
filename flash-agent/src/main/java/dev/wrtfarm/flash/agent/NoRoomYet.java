package dev.wrtfarm.flash.agent;

import java.io.IOException;

/** An image for which there is room as soon as other runs and downloads are over. */
final class NoRoomYet extends IOException {
  private static final long serialVersionUID = 1L;

  NoRoomYet(String message) {
    super(message);
  }
}
