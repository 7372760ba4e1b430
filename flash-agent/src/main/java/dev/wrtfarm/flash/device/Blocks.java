package dev.wrtfarm.flash.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All block devices of a host, found by whatever names them. */
final class Blocks {
  private static final int S_IFMT = 0xF000;
  private static final int S_IFBLK = 0x6000;

  private final HostRoots roots;

  Blocks(HostRoots roots) {
    this.roots = roots;
  }

  /** The whole ones, by name. */
  List<Block> disks() {
    List<Block> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(roots.sys().resolve("block"))) {
      for (Path entry : entries) {
        real(entry).ifPresent(found::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the block devices of this host", e);
    }
    found.sort(Comparator.comparing(Block::name));
    return found;
  }

  Optional<Block> named(String name) {
    return real(roots.sys().resolve("class/block").resolve(name.replace('/', '!')));
  }

  Optional<Block> numbered(String number) {
    return real(roots.sys().resolve("dev/block").resolve(number));
  }

  /** What a path below {@code /dev} leads to, over any links; also a node elsewhere. */
  Optional<Block> at(String path) {
    Path inDev = Path.of(path);
    boolean below = inDev.startsWith("/dev") && inDev.getNameCount() > 1;
    Path there = below ? roots.dev().resolve(inDev.subpath(1, inDev.getNameCount())) : inDev;
    try {
      Path real = there.toRealPath();
      Optional<Block> byNode = numbered(deviceNumber(real));
      return byNode.isPresent() || !real.startsWith(roots.dev().toRealPath())
          ? byNode
          : named(roots.dev().toRealPath().relativize(real).toString());
    } catch (IOException e) {
      // A link that udev took away, or a path of another process's view of the file system.
      return below ? named(inDev.subpath(1, inDev.getNameCount()).toString()) : Optional.empty();
    }
  }

  /** Devices that this one lies on, one step: a mapped device's members, a partition's disk. */
  List<Block> under(Block block) {
    if (block.isPartition()) {
      return List.of(block.disk());
    }
    List<Block> found = new ArrayList<>();
    for (String name : block.list("slaves")) {
      named(name).ifPresent(found::add);
    }
    String backing = block.text("loop/backing_file");
    if (backing != null && backing.startsWith("/dev/")) {
      at(backing).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Block> real(Path link) {
    try {
      Path folder = link.toRealPath();
      return Optional.of(new Block(folder.getFileName().toString(), folder));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** {@code none} for what is no block device. */
  private static String deviceNumber(Path node) throws IOException {
    if (((int) Files.getAttribute(node, "unix:mode") & S_IFMT) != S_IFBLK) {
      return "none";
    }
    long device = (long) Files.getAttribute(node, "unix:rdev");
    long major = (device >> 8 & 0xfff) | (device >> 32 & ~0xfff);
    long minor = (device & 0xff) | (device >> 12 & ~0xff);
    return major + ":" + minor;
  }
}
