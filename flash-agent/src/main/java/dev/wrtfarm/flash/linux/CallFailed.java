package dev.wrtfarm.flash.linux;

import java.io.IOException;

/** A call that the kernel answered with an error. */
public final class CallFailed extends IOException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final String error;

  CallFailed(String call, String on, int errno) {
    super(call + " " + on + ": " + Errno.name(errno));
    this.call = call;
    this.error = Errno.name(errno);
  }

  public String call() {
    return call;
  }

  /** The kernel's name for it: {@code EBUSY}, {@code EIO} … */
  public String error() {
    return error;
  }
}
