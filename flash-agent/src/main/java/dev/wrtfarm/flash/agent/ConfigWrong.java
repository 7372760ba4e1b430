package dev.wrtfarm.flash.agent;

/** The configuration cannot be worked with; the message names file, key, value and remedy. */
public final class ConfigWrong extends Exception {
  private static final long serialVersionUID = 1L;

  ConfigWrong(String message) {
    super(message);
  }
}
