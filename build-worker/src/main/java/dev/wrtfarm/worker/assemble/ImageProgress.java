package dev.wrtfarm.worker.assemble;

import dev.wrtfarm.worker.attempt.Progress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Progress from what {@code make image} prints; the shares are those of a usual build. */
final class ImageProgress {
  private static final int INSTALL_FROM = 5;
  private static final int INSTALL_TO = 40;
  private static final Pattern APK = Pattern.compile("\\( *(\\d+)/(\\d+)\\) Installing (\\S+) .*");
  private static final Pattern OPKG =
      Pattern.compile("Installing (\\S+) \\(.*\\) to root\\.\\.\\.");

  private final Progress progress;
  private final int packages;
  private int installed;

  /**
   * @param packages how many will be installed
   */
  ImageProgress(Progress progress, int packages) {
    this.progress = progress;
    this.packages = Math.max(1, packages);
  }

  void line(String line) {
    Matcher apk = APK.matcher(line);
    Matcher opkg = OPKG.matcher(line);
    if (apk.matches()) {
      installing(Integer.parseInt(apk.group(1)), Integer.parseInt(apk.group(2)), apk.group(3));
    } else if (opkg.matches()) {
      installing(++installed, Math.max(packages, installed), opkg.group(1));
    } else {
      marker(line);
    }
  }

  private void installing(int number, int of, String name) {
    int share = (INSTALL_TO - INSTALL_FROM) * number / Math.max(1, of);
    progress.at(INSTALL_FROM + share, "installing %s (%d of %d)".formatted(name, number, of));
  }

  private void marker(String line) {
    switch (line.strip()) {
      case "Installing packages..." -> progress.at(INSTALL_FROM, "installing packages");
      case "Finalizing root filesystem..." ->
          progress.at(INSTALL_TO, "finalizing the root file system");
      case "Building images..." -> progress.at(50, "building images");
      case "Calculating checksums..." -> progress.at(98, "calculating checksums");
      default -> {}
    }
  }
}
