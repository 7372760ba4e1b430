package dev.wrtfarm.worker.verify;

import dev.wrtfarm.worker.profile.ProfilesJson.Image;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which images a build must have made. An image that is too big for the device is missing from the
 * output's own list, so that list cannot be the measure; upstream's is, where it names file
 * systems. Names of files differ, so images are compared by type and file system.
 */
final class ExpectedImages {
  // Upstream's own builds list them; an Image Builder cannot make them.
  private static final String NOT_OURS = "initramfs";

  private ExpectedImages() {}

  /** What is expected and was not made, as {@code type on filesystem}. */
  static Set<String> missing(List<Image> published, List<String> chosen, List<Image> made) {
    Set<String> missing = names(published, chosen);
    missing.removeAll(names(made, chosen));
    return missing;
  }

  private static Set<String> names(List<Image> images, List<String> chosen) {
    Set<String> names = new TreeSet<>();
    for (Image each : images) {
      String filesystem = each.filesystem();
      if (filesystem != null
          && !filesystem.equals(NOT_OURS)
          && (chosen.isEmpty() || chosen.contains(filesystem))) {
        names.add(each.type() + " on " + filesystem);
      }
    }
    return names;
  }
}
