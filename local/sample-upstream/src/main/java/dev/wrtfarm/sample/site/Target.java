package dev.wrtfarm.sample.site;

import java.util.List;

/**
 * A target with its devices.
 *
 * @param boots whether its images have a real kernel
 * @param only the package managers of the releases that have it, if not all
 */
record Target(
    String name,
    String arch,
    List<String> filesystems,
    int rootfsMib,
    int bootMib,
    boolean boots,
    List<String> only,
    List<String> packages,
    List<Device> devices) {

  /** One profile of the Image Builder. */
  record Device(Stanza stanza) {
    String name() {
      return stanza.get("Profile");
    }

    long imageSize() {
      return Long.parseLong(stanza.find("ImageSize").orElse("0"));
    }
  }

  static Target of(Stanza stanza, List<Device> devices) {
    return new Target(
        stanza.get("Target"),
        stanza.get("Arch"),
        stanza.words("Filesystems"),
        Integer.parseInt(stanza.get("Rootfs")),
        Integer.parseInt(stanza.get("Boot")),
        stanza.has("Boots"),
        stanza.words("Only"),
        stanza.words("Packages"),
        devices);
  }

  boolean isIn(Release release) {
    return only.isEmpty() || only.contains(release.manager().word());
  }

  String board() {
    return name.substring(0, name.indexOf('/'));
  }

  String subtarget() {
    return name.substring(name.indexOf('/') + 1);
  }

  String path(Release release) {
    return release.path() + "/targets/" + name;
  }
}
