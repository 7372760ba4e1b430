package dev.wrtfarm.faultdisk.model;

import dev.wrtfarm.faultdisk.model.DiskFailed.Error;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Requests that are answered with an error. */
public final class Refusals {
  private Refusals() {}

  /** An honest card that is worn out: after so many blocks each write fails, and reads go on. */
  public static Fault ofWritesAfter(long blocks) {
    AtomicLong taken = new AtomicLong();
    return new Requests() {
      @Override
      public void requestWrite(Stretch stretch) throws DiskFailed {
        if (taken.getAndAdd(stretch.blocks()) >= blocks) {
          throw new DiskFailed(Error.EIO);
        }
      }
    };
  }

  /** The {@code nth} write that touches a block fails; the one after it is taken. */
  public static Fault ofWrite(long block, int nth) {
    AtomicInteger writes = new AtomicInteger();
    return new Requests() {
      @Override
      public void requestWrite(Stretch stretch) throws DiskFailed {
        if (stretch.contains(block) && writes.incrementAndGet() == nth) {
          throw new DiskFailed(Error.EIO);
        }
      }
    };
  }

  /** Unreadable sectors. */
  public static Fault ofReads(Stretch unreadable) {
    return new Requests() {
      @Override
      public void requestRead(Stretch stretch) throws DiskFailed {
        if (stretch.meets(unreadable)) {
          throw new DiskFailed(Error.EIO);
        }
      }
    };
  }

  /** Somebody pulls the card out when so many blocks were written; nothing works after that. */
  public static Fault pulledOutAfter(long blocks) {
    AtomicLong taken = new AtomicLong();
    return new Requests() {
      @Override
      public void requestWrite(Stretch stretch) throws DiskFailed {
        if (taken.getAndAdd(stretch.blocks()) >= blocks) {
          throw new DiskFailed(Error.ENODEV);
        }
      }

      @Override
      public void requestRead(Stretch stretch) throws DiskFailed {
        requestFlush();
      }

      @Override
      public void requestFlush() throws DiskFailed {
        if (taken.get() > blocks) {
          throw new DiskFailed(Error.ENODEV);
        }
      }
    };
  }

  private abstract static class Requests implements Fault {
    @Override
    public boolean seesBlocks() {
      return false;
    }
  }
}
