package dev.wrtfarm.api.rest;

import java.io.IOException;

/** A body that went on and on. */
final class BodyTooLarge extends IOException {
  private static final long serialVersionUID = 1;
}
