package dev.wrtfarm.common.recipe;

import dev.wrtfarm.common.value.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The packages that {@code make manifest} resolved, sorted by name and version. */
public record PackageSet(List<ResolvedPackage> packages) {
  public PackageSet {
    packages =
        packages.stream()
            .sorted(
                Comparator.comparing(ResolvedPackage::name).thenComparing(ResolvedPackage::version))
            .toList();
  }

  /** SHA-256 over the RFC 8785 form of the list. */
  public Sha256 digest() {
    List<Object> lines = new ArrayList<>();
    for (ResolvedPackage each : packages) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("name", each.name());
      line.put("version", each.version());
      if (each.sha256() != null) {
        line.put("sha256", each.sha256());
      }
      lines.add(line);
    }
    return Sha256.of(CanonicalJson.write(lines));
  }
}
