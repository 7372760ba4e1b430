package dev.wrtfarm.common.recipe;

import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.common.value.Sha256;
import java.util.List;

/**
 * Names an image by everything that its bytes depend on: the first 16 hexadecimal digits of SHA-256
 * over recipe digest, archive and package set. It is written into the image itself.
 */
public record ImageId(String value) {
  private static final int DIGITS = 16;

  public ImageId {
    if (!value.matches("[0-9a-f]{16}")) {
      throw new InvalidValue("imageId", value, "give 16 lower-case hexadecimal digits");
    }
  }

  public static ImageId of(Sha256 recipe, Sha256 archive, Sha256 packageSet) {
    String over = CanonicalJson.write(List.of(recipe.hex(), archive.hex(), packageSet.hex()));
    return new ImageId(Sha256.of(over).hex().substring(0, DIGITS));
  }

  @Override
  public String toString() {
    return value;
  }
}
