package dev.wrtfarm.flash.device;

import java.nio.file.Path;

/** Where the kernel tells about its devices; elsewhere only for trees that were recorded. */
public record HostRoots(Path sys, Path proc, Path dev) {
  public static final HostRoots REAL =
      new HostRoots(Path.of("/sys"), Path.of("/proc"), Path.of("/dev"));
}
