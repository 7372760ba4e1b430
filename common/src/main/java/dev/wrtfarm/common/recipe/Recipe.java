package dev.wrtfarm.common.recipe;

import dev.wrtfarm.common.value.FileSystemName;
import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.common.value.PackageName;
import dev.wrtfarm.common.value.ProfileName;
import dev.wrtfarm.common.value.ReleaseId;
import dev.wrtfarm.common.value.ServiceName;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.value.Target;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of the Image Builder, in canonical order: whoever asks for the same thing has the
 * same recipe, and so the same digest.
 *
 * <h2>Canonical form</h2>
 *
 * RFC 8785 JSON of the members below. Lists are sorted by UTF-16 code units and unique. Empty lists
 * and absent values are left out, so that a later version may add members without changing the
 * digest of a recipe that does not use them. {@code format} is the version of this rule.
 *
 * @param packages packages to add to the device's own
 * @param removedPackages packages to take out of the device's own (written without the sign)
 * @param disabledServices init scripts that are not to be enabled
 * @param rootfsMib size of the root partition in MiB, where the target has one
 * @param filesystems the root file systems to make; empty means all that the target has
 */
public record Recipe(
    String release,
    String target,
    String profile,
    List<String> packages,
    List<String> removedPackages,
    List<String> disabledServices,
    @Nullable Integer rootfsMib,
    List<String> filesystems) {

  public static final int FORMAT = 1;
  private static final int MOST_PACKAGES = 1000;
  private static final int MOST_SERVICES = 100;
  private static final int MOST_FILESYSTEMS = 10;
  private static final int LARGEST_ROOTFS_MIB = 1024;

  public Recipe {
    new ReleaseId(release);
    new Target(target);
    new ProfileName(profile);
    packages = canonical("packages", packages, MOST_PACKAGES, PackageName::new);
    removedPackages =
        canonical("removedPackages", removedPackages, MOST_PACKAGES, PackageName::new);
    disabledServices =
        canonical("disabledServices", disabledServices, MOST_SERVICES, ServiceName::new);
    filesystems = canonical("filesystems", filesystems, MOST_FILESYSTEMS, FileSystemName::new);
    for (String name : packages) {
      if (removedPackages.contains(name)) {
        throw new InvalidValue(
            "packages", name, "it is both added and removed; keep one of the two");
      }
    }
    if (rootfsMib != null && (rootfsMib < 1 || rootfsMib > LARGEST_ROOTFS_MIB)) {
      throw new InvalidValue(
          "rootfsMib", rootfsMib.toString(), "give 1 to " + LARGEST_ROOTFS_MIB + " MiB");
    }
  }

  /** A recipe without options. */
  public static Recipe of(String release, String target, String profile) {
    return new Recipe(release, target, profile, List.of(), List.of(), List.of(), null, List.of());
  }

  /** SHA-256 of the canonical form. */
  public Sha256 digest() {
    return Sha256.of(canonicalForm());
  }

  public String canonicalForm() {
    Map<String, Object> members = new TreeMap<>();
    members.put("format", FORMAT);
    members.put("release", release);
    members.put("target", target);
    members.put("profile", profile);
    putUnlessEmpty(members, "packages", packages);
    putUnlessEmpty(members, "removedPackages", removedPackages);
    putUnlessEmpty(members, "disabledServices", disabledServices);
    putUnlessEmpty(members, "filesystems", filesystems);
    if (rootfsMib != null) {
      members.put("rootfsMib", rootfsMib);
    }
    return CanonicalJson.write(members);
  }

  private static void putUnlessEmpty(Map<String, Object> members, String name, List<String> list) {
    if (!list.isEmpty()) {
      members.put(name, list);
    }
  }

  /** Null, as a JSON reader gives for an absent list, is empty. */
  private static List<String> canonical(
      String field, @Nullable Collection<String> given, int most, Consumer<String> check) {
    if (given == null) {
      return List.of();
    }
    if (given.size() > most) {
      throw new InvalidValue(field, given.size() + " entries", "give at most " + most);
    }
    given.forEach(check);
    return List.copyOf(new TreeSet<>(given));
  }
}
