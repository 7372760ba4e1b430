package dev.wrtfarm.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tools that are there but may be too old or too small. */
final class VersionsCheck implements Check {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");
  private static final List<String> PERL_MODULES =
      List.of(
          "Data::Dumper", "FindBin", "File::Copy", "File::Compare", "Thread::Queue", "IPC::Cmd");

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(atLeast("make", "make", 4, 1, "apt-get install -y make"));
    findings.add(atLeast("python3", "python3", 3, 7, "apt-get install -y python3"));
    findings.add(perlModules());
    if (distutilsAreMissing()) {
      findings.add(
          Finding.warning(
              "python3 distutils",
              "are missing; some Image Builders ask for them while Python is older than 3.12",
              "apt-get install -y python3-distutils"));
    }
    return findings;
  }

  private static Finding atLeast(
      String subject, String program, int major, int minor, String remedy) {
    String answer = HostCommand.run(List.of(program, "--version")).firstLine();
    Matcher version = VERSION.matcher(answer);
    if (!version.find()) {
      return Finding.bad(subject, "does not tell its version: " + answer, remedy);
    }
    int foundMajor = Integer.parseInt(version.group(1));
    int foundMinor = Integer.parseInt(version.group(2));
    boolean enough = foundMajor > major || (foundMajor == major && foundMinor >= minor);
    return enough
        ? Finding.good(subject, answer)
        : Finding.bad(subject, "%s is older than %d.%d".formatted(answer, major, minor), remedy);
  }

  private static Finding perlModules() {
    for (String module : PERL_MODULES) {
      if (!HostCommand.run(List.of("perl", "-M" + module, "-e", "1")).worked()) {
        return Finding.bad(
            "perl modules",
            module + " is missing; an Image Builder would then show no profiles at all",
            "apt-get install -y perl");
      }
    }
    return Finding.good("perl modules", "all " + PERL_MODULES.size() + " are there");
  }

  private static boolean distutilsAreMissing() {
    String script =
        "import sys\nif sys.version_info < (3, 12):\n  import distutils.util, distutils.sysconfig";
    return !HostCommand.run(List.of("python3", "-W", "ignore", "-c", script)).worked();
  }
}
