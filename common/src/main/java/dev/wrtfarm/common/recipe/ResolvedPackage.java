package dev.wrtfarm.common.recipe;

import dev.wrtfarm.common.value.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * One line of the manifest, bound to the bytes it came from.
 *
 * @param sha256 of the package file as the worker's proxy delivered it; absent when it came out of
 *     the Image Builder's own tree, whose archive has a digest of its own
 */
public record ResolvedPackage(String name, String version, @Nullable String sha256) {
  public ResolvedPackage {
    if (sha256 != null) {
      new Sha256(sha256);
    }
  }
}
