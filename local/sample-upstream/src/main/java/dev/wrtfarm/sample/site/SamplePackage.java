package dev.wrtfarm.sample.site;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A package as it is for one release and target: its control data without its content. */
record SamplePackage(Stanza stanza, Release release, Target target) {

  static List<SamplePackage> of(Catalogue catalogue, Release release, Target target) {
    return catalogue.packages().stream()
        .map(stanza -> filled(stanza, Variables.of(release, target)))
        .map(stanza -> new SamplePackage(stanza, release, target))
        .filter(SamplePackage::belongsHere)
        .toList();
  }

  private static Stanza filled(Stanza stanza, Variables variables) {
    Map<String, String> fields = new LinkedHashMap<>(stanza.fields());
    fields.replaceAll((key, value) -> variables.fill(value));
    return new Stanza(fields);
  }

  private boolean belongsHere() {
    List<String> only = stanza.words("Only");
    return only.isEmpty()
        || only.contains(target.name())
        || only.contains(release.manager().word());
  }

  /** The name by which requests may call it. */
  String baseName() {
    return stanza.get("Package");
  }

  String name() {
    return baseName() + abi().orElse("");
  }

  Optional<String> abi() {
    return stanza.find("ABI");
  }

  String version() {
    return stanza.get("Version");
  }

  String feed() {
    return stanza.get("Feed");
  }

  String arch() {
    return stanza.find("Arch").orElse(target.arch());
  }

  List<String> depends() {
    return stanza.words("Depends");
  }

  List<String> conflicts() {
    return stanza.words("Conflicts");
  }

  List<String> provides() {
    return abi().isPresent() ? List.of(baseName()) : List.of();
  }

  String description() {
    return stanza.find("Description").orElse("Stub of " + baseName() + " in the wrtfarm sample");
  }

  String main() {
    return stanza.find("Main").orElse("usr/bin/" + baseName());
  }

  int fillBytes() {
    return stanza
        .find("Fill")
        .map(size -> 1024 * Integer.parseInt(size.replace("k", "")))
        .orElse(0);
  }
}
