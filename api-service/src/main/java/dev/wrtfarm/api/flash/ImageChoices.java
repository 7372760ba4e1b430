package dev.wrtfarm.api.flash;

import dev.wrtfarm.api.artifact.Blob;
import dev.wrtfarm.api.artifact.Blobs;
import dev.wrtfarm.api.build.BuiltImages;
import dev.wrtfarm.api.build.Expired;
import dev.wrtfarm.common.rest.SubmitFlash;
import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.common.value.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the image that somebody wants on a card. In the caller's transaction. */
@ApplicationScoped
class ImageChoices {
  private static final int LONGEST_URL = 2_000;
  private static final int LONGEST_NAME = 100;

  private final BuiltImages images;
  private final Blobs blobs;

  ImageChoices(BuiltImages images, Blobs blobs) {
    this.images = images;
    this.blobs = blobs;
  }

  ImageChoice of(SubmitFlash wish) {
    if ((wish.build() == null) == (wish.url() == null)) {
      throw new InvalidValue("build", "", "give one of the two: build, or url with sha256");
    }
    String build = wish.build();
    if (build != null) {
      refuse("sha256", wish.sha256(), "leave it out: the build's record has it");
      return images
          .hold(build, wish.artifact())
          .map(ImageChoice::of)
          .orElseThrow(() ->
              new StateRefused(
                  "build " + build + " has no images: flash it when it is SUCCEEDED or REUSED"));
    }
    refuse("artifact", wish.artifact(), "leave it out: the url names the file");
    return linked(String.valueOf(wish.url()), wish.sha256());
  }

  private static void refuse(String field, @Nullable String value, String remedy) {
    if (value != null) {
      throw new InvalidValue(field, value, remedy);
    }
  }

  private static ImageChoice linked(String url, @Nullable String sha256) {
    if (sha256 == null) {
      throw new InvalidValue("sha256", "", "give the file's, 64 lower-case hexadecimal digits");
    }
    String digest = new Sha256(sha256).hex();
    try {
      URI uri = new URI(url);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && url.length() <= LONGEST_URL) {
        return new ImageChoice(null, null, url, name(uri), digest, null, null);
      }
    } catch (URISyntaxException e) {
      // As below.
    }
    throw new InvalidValue("url", url, "give an http or https URL that the agent can reach");
  }

  /** For people, and for whoever knows a format by its name. */
  private static String name(URI uri) {
    String path = uri.getPath() == null ? "" : uri.getPath();
    String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._+-]", "_");
    if (last.isEmpty()) {
      return "image";
    }
    return last.length() <= LONGEST_NAME ? last : last.substring(last.length() - LONGEST_NAME);
  }

  /** The image of an earlier job: its record holds the facts, and perhaps the store the bytes. */
  ImageChoice again(FlashJob earlier) {
    Optional<Blob> blob =
        earlier.imageUrl == null
            ? blobs.present(new Sha256(earlier.imageSha256)).filter(each -> blobs.hold(each.id()))
            : Optional.empty();
    if (earlier.imageUrl == null && blob.isEmpty()) {
      throw new Expired(String.valueOf(earlier.build), earlier.imageName);
    }
    return new ImageChoice(
        earlier.build,
        blob.map(Blob::id).orElse(null),
        earlier.imageUrl,
        earlier.imageName,
        earlier.imageSha256,
        earlier.imageSize,
        earlier.imageId);
  }
}
