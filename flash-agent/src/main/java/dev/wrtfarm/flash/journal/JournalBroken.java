package dev.wrtfarm.flash.journal;

import java.io.IOException;

/** The journal is not what it was when the agent last wrote to it; nothing may be added. */
public final class JournalBroken extends IOException {
  private static final long serialVersionUID = 1L;

  public JournalBroken(String message) {
    super(message);
  }
}
