package dev.wrtfarm.sample.site;

import java.util.Locale;

/**
 * A release of the sample.
 *
 * @param epoch seconds since 1970: the time of everything in it
 */
record Release(
    String version, Manager manager, String code, String kernel, String vermagic, long epoch) {

  enum Manager {
    OPKG,
    APK;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Release of(Stanza stanza) {
    return new Release(
        stanza.get("Release"),
        stanza.get("Manager").equals("apk") ? Manager.APK : Manager.OPKG,
        stanza.get("Code"),
        stanza.get("Kernel"),
        stanza.get("Vermagic"),
        Long.parseLong(stanza.get("Epoch")));
  }

  String path() {
    return "releases/" + version;
  }

  /** The name of the folder of kernel modules. */
  String kmods() {
    return kernel + "-1-" + vermagic;
  }
}
