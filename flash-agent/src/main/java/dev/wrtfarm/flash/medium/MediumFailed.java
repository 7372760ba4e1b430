package dev.wrtfarm.flash.medium;

import java.io.IOException;

/** The device answered with an error. */
public final class MediumFailed extends IOException {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final long offset;
  private final String error;

  /**
   * @param operation {@code read}, {@code write}, {@code flush} …
   * @param offset in bytes; -1 when there is none
   * @param error the kernel's name for it: {@code EIO}, {@code ENODEV} …
   */
  public MediumFailed(String operation, long offset, String error) {
    super(offset < 0 ? operation + ": " + error : operation + " at " + offset + ": " + error);
    this.operation = operation;
    this.offset = offset;
    this.error = error;
  }

  /** With what a person should know beside the error. */
  public MediumFailed(String operation, String error, String detail) {
    super(operation + ": " + error + ": " + detail);
    this.operation = operation;
    this.offset = -1;
    this.error = error;
  }

  public String operation() {
    return operation;
  }

  public long offset() {
    return offset;
  }

  public String error() {
    return error;
  }
}
