package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.flash.device.Mounts.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what is mounted from a disk, whatever lies between; the running system comes first. */
final class MountedOn {
  private static final Set<String> SYSTEM =
      Set.of(
          "/",
          "/boot",
          "/boot/efi",
          "/boot/firmware",
          "/efi",
          "/etc",
          "/home",
          "/nix",
          "/opt",
          "/root",
          "/srv",
          "/usr",
          "/var",
          "/var/lib",
          "/var/log",
          "/var/tmp",
          "/tmp");

  private final HostRoots roots;
  private final Blocks blocks;

  MountedOn(HostRoots roots, Blocks blocks) {
    this.roots = roots;
    this.blocks = blocks;
  }

  Optional<Refusal> refusal(Block disk) throws IOException {
    Optional<Refusal> other = Optional.empty();
    for (Mount mount : mounts()) {
      for (Block block : blocksOf(mount)) {
        Optional<Chain> chain = Chain.find(blocks, block, disk);
        if (chain.isPresent()) {
          if (SYSTEM.contains(mount.point())) {
            return Optional.of(system(disk, chain.get(), mount));
          }
          if (other.isEmpty()) {
            other = Optional.of(mounted(chain.get(), mount));
          }
        }
      }
    }
    return other;
  }

  /** Mounts that only other processes see, as in a container; to explain a refusal of O_EXCL. */
  List<String> inOtherNamespaces(Block disk) {
    List<String> found = new ArrayList<>();
    for (String process : new Block("proc", roots.proc()).list("")) {
      if (!process.matches("\\d+")) {
        continue;
      }
      try {
        for (Mount mount : Mounts.read(roots.proc().resolve(process).resolve("mountinfo"))) {
          for (Block block : blocksOf(mount)) {
            if (Chain.find(blocks, block, disk).isPresent()) {
              found.add(
                  "%s is mounted at %s, as process %s sees it"
                      .formatted(block.node(), mount.point(), process));
              return found;
            }
          }
        }
      } catch (IOException e) {
        // It ended, or belongs to somebody else.
        continue;
      }
    }
    return found;
  }

  /** This process's own, and those of the host, if it may see them. */
  private List<Mount> mounts() throws IOException {
    List<Mount> mounts = new ArrayList<>(Mounts.read(roots.proc().resolve("self/mountinfo")));
    Path host = roots.proc().resolve("1/mountinfo");
    if (Files.isReadable(host)) {
      try {
        mounts.addAll(Mounts.read(host));
      } catch (IOException e) {
        // Some kernels let it be opened and not read; O_EXCL refuses what is not seen here.
        return mounts;
      }
    }
    return mounts;
  }

  private List<Block> blocksOf(Mount mount) {
    Optional<Block> block = blocks.numbered(mount.number());
    if (block.isEmpty() && mount.source().startsWith("/dev/")) {
      block = blocks.at(mount.source());
    }
    if (block.isEmpty()) {
      return List.of();
    }
    return mount.type().equals("btrfs") ? btrfs(block.get()) : List.of(block.get());
  }

  /** A btrfs names one of its devices in its mount; the kernel lists the others. */
  private List<Block> btrfs(Block one) {
    Block all = new Block("btrfs", roots.sys().resolve("fs/btrfs"));
    for (String id : all.list("")) {
      List<String> members = all.list(id + "/devices");
      if (members.contains(one.name())) {
        return members.stream().flatMap(name -> blocks.named(name).stream()).toList();
      }
    }
    return List.of(one);
  }

  private static Refusal system(Block disk, Chain chain, Mount mount) {
    return new Refusal(
        RefusalReason.SYSTEM_DISK,
        "%s holds the running system: %s is mounted at %s. It is never written to; check which slot you mean"
            .formatted(disk.node(), chain, mount.point()));
  }

  private static Refusal mounted(Chain chain, Mount mount) {
    return new Refusal(
        RefusalReason.MOUNTED,
        "%s is mounted at %s; unmount it first: umount %s"
            .formatted(chain, mount.point(), mount.point()));
  }
}
