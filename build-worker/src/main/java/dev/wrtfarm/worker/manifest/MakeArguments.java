package dev.wrtfarm.worker.manifest;

import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.worker.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command lines. Every value of a make variable is code to make and to the shells below it; a
 * recipe's value types let nothing through that means anything to either.
 */
public final class MakeArguments {
  private MakeArguments() {}

  static List<String> manifest(Recipe recipe) {
    return List.of("make", "manifest", "PROFILE=" + recipe.profile(), packages(recipe));
  }

  public static List<String> image(Recipe recipe) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("make", "image", "PROFILE=" + recipe.profile(), packages(recipe)));
    arguments.add("FILES=" + Sandbox.OVERLAY);
    arguments.add("BIN_DIR=" + Sandbox.OUTPUT);
    if (!recipe.disabledServices().isEmpty()) {
      arguments.add("DISABLED_SERVICES=" + String.join(" ", recipe.disabledServices()));
    }
    if (recipe.rootfsMib() != null) {
      arguments.add("ROOTFS_PARTSIZE=" + recipe.rootfsMib());
    }
    return List.copyOf(arguments);
  }

  private static String packages(Recipe recipe) {
    Stream<String> removed = recipe.removedPackages().stream().map(name -> "-" + name);
    return "PACKAGES="
        + String.join(" ", Stream.concat(recipe.packages().stream(), removed).toList());
  }
}
