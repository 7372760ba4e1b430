package dev.wrtfarm.flash.linux;

import java.util.Map;

/** The kernel's names for errors; these numbers are the same on every processor we support. */
final class Errno {
  static final int EINTR = 4;
  static final int EBADF = 9;
  static final int EWOULDBLOCK = 11;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "EPERM"),
          Map.entry(2, "ENOENT"),
          Map.entry(EINTR, "EINTR"),
          Map.entry(5, "EIO"),
          Map.entry(6, "ENXIO"),
          Map.entry(EBADF, "EBADF"),
          Map.entry(EWOULDBLOCK, "EAGAIN"),
          Map.entry(12, "ENOMEM"),
          Map.entry(13, "EACCES"),
          Map.entry(14, "EFAULT"),
          Map.entry(16, "EBUSY"),
          Map.entry(17, "EEXIST"),
          Map.entry(19, "ENODEV"),
          Map.entry(20, "ENOTDIR"),
          Map.entry(21, "EISDIR"),
          Map.entry(22, "EINVAL"),
          Map.entry(24, "EMFILE"),
          Map.entry(25, "ENOTTY"),
          Map.entry(26, "ETXTBSY"),
          Map.entry(28, "ENOSPC"),
          Map.entry(30, "EROFS"),
          Map.entry(32, "EPIPE"),
          Map.entry(40, "ELOOP"),
          Map.entry(52, "EBADE"),
          Map.entry(61, "ENODATA"),
          Map.entry(62, "ETIME"),
          Map.entry(67, "ENOLINK"),
          Map.entry(71, "EPROTO"),
          Map.entry(84, "EILSEQ"),
          Map.entry(95, "EOPNOTSUPP"),
          Map.entry(107, "ENOTCONN"),
          Map.entry(108, "ESHUTDOWN"),
          Map.entry(110, "ETIMEDOUT"),
          Map.entry(113, "EHOSTUNREACH"),
          Map.entry(121, "EREMOTEIO"),
          Map.entry(123, "ENOMEDIUM"),
          Map.entry(124, "EMEDIUMTYPE"));

  private Errno() {}

  static String name(int number) {
    return NAMES.getOrDefault(number, "errno " + number);
  }
}
