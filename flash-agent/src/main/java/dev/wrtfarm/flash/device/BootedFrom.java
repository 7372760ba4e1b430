package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.RefusalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The disk that the kernel's command line names, also where a container hides the mounts. */
final class BootedFrom {
  private static final List<String> NAMES = List.of("root=", "resume=", "usr=");
  private static final Map<String, String> FOLDERS =
      Map.of(
          "UUID=", "/dev/disk/by-uuid/",
          "PARTUUID=", "/dev/disk/by-partuuid/",
          "LABEL=", "/dev/disk/by-label/",
          "PARTLABEL=", "/dev/disk/by-partlabel/");

  private final HostRoots roots;
  private final Blocks blocks;

  BootedFrom(HostRoots roots, Blocks blocks) {
    this.roots = roots;
    this.blocks = blocks;
  }

  Optional<Refusal> refusal(Block disk) throws IOException {
    for (String word : Files.readString(roots.proc().resolve("cmdline")).strip().split("\\s+")) {
      for (String name : NAMES) {
        if (word.startsWith(name)) {
          Optional<Chain> chain =
              device(word.substring(name.length()).replace("\"", ""))
                  .flatMap(block -> Chain.find(blocks, block, disk));
          if (chain.isPresent()) {
            return Optional.of(
                new Refusal(
                    RefusalReason.SYSTEM_DISK,
                    "%s holds the running system: the kernel was started with %s (%s). It is never written to; check which slot you mean"
                        .formatted(disk.node(), word, chain.get())));
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Block> device(String named) {
    for (Map.Entry<String, String> folder : FOLDERS.entrySet()) {
      if (named.startsWith(folder.getKey())) {
        return blocks.at(folder.getValue() + named.substring(folder.getKey().length()));
      }
    }
    if (named.matches("\\d+:\\d+")) {
      return blocks.numbered(named);
    }
    return named.startsWith("/dev/") ? blocks.at(named) : Optional.empty();
  }
}
