package dev.wrtfarm.cli.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The programs that Image Builders and the farm call. */
final class ToolsCheck implements Check {
  static final String INSTALL = "apt-get install -y --no-install-recommends ";

  /** Program and the Debian package that has it. */
  private static final Map<String, String> REQUIRED = new LinkedHashMap<>();

  private static final Map<String, String> FOR_OLD_RELEASES =
      Map.of("git", "git", "rsync", "rsync");

  static {
    for (String same :
        List.of(
            "make", "gawk", "perl", "python3", "bash", "tar", "grep", "gzip", "unzip", "bzip2")) {
      REQUIRED.put(same, same);
    }
    for (String same : List.of("zstd", "wget", "file", "patch", "sed")) {
      REQUIRED.put(same, same);
    }
    REQUIRED.put("xz", "xz-utils");
    REQUIRED.put("diff", "diffutils");
    REQUIRED.put("find", "findutils");
    REQUIRED.put("xargs", "findutils");
    REQUIRED.put("getopt", "util-linux");
    REQUIRED.put("setpriv", "util-linux");
    REQUIRED.put("setsid", "util-linux");
    REQUIRED.put("flock", "util-linux");
    REQUIRED.put("realpath", "coreutils");
    REQUIRED.put("install", "coreutils");
    REQUIRED.put("which", "debianutils");
    REQUIRED.put("bwrap", "bubblewrap");
    REQUIRED.put("mksquashfs", "squashfs-tools");
    REQUIRED.put("unsquashfs", "squashfs-tools");
    REQUIRED.put("mkfs.fat", "dosfstools");
    REQUIRED.put("mke2fs", "e2fsprogs");
    REQUIRED.put("mcopy", "mtools");
    REQUIRED.put("sfdisk", "fdisk");
    REQUIRED.put("ps", "procps");
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, String> tool : REQUIRED.entrySet()) {
      if (HostCommand.find(tool.getKey()).isEmpty()) {
        findings.add(Finding.bad(tool.getKey(), "is not installed", INSTALL + tool.getValue()));
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.good("host tools", "all " + REQUIRED.size() + " are there"));
    }
    FOR_OLD_RELEASES.forEach((tool, wanted) -> {
      if (HostCommand.find(tool).isEmpty()) {
        findings.add(
            Finding.warning(
                tool, "is not installed; Image Builders up to 22.03 ask for it", INSTALL + wanted));
      }
    });
    return findings;
  }
}
