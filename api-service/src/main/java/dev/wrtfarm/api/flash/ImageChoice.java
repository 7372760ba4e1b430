package dev.wrtfarm.api.flash;

import dev.wrtfarm.api.build.BuiltImages.BuiltImage;
import org.jspecify.annotations.Nullable;

/** The image of a job: from the farm's store, or from a URL that whoever asked has named. */
record ImageChoice(
    @Nullable String build,
    @Nullable String blob,
    @Nullable String url,
    String name,
    String sha256,
    @Nullable Long size,
    @Nullable String imageId) {

  static ImageChoice of(BuiltImage image) {
    return new ImageChoice(
        image.build(),
        image.blob(),
        null,
        image.name(),
        image.sha256(),
        image.size(),
        image.imageId());
  }
}
