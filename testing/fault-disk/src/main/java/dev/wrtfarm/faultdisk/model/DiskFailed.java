package dev.wrtfarm.faultdisk.model;

import java.io.IOException;

/** The card answers a request with an error, as it was told to. */
public final class DiskFailed extends IOException {
  private static final long serialVersionUID = 1L;

  /** The kernel's names and numbers. */
  public enum Error {
    EIO(5),
    ENODEV(19);

    private final int number;

    Error(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }
  }

  private final Error error;

  public DiskFailed(Error error) {
    super(error.name());
    this.error = error;
  }

  public Error error() {
    return error;
  }
}
