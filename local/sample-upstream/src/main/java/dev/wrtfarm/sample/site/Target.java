package dev.wrtfarm.sample.site;

import java.util.List;

/** A target with its devices. */
record Target(
    String name,
    String arch,
    List<String> filesystems,
    int rootfsMib,
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
        stanza.words("Packages"),
        devices);
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
