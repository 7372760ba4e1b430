package dev.wrtfarm.sample.site;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an Image Builder knows about its target, for its scripts to read. */
final class TargetInfo {
  private TargetInfo() {}

  static String json(Catalogue catalogue, Release release, Target target) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("dist", SiteLayout.DIST);
    info.put("manager", release.manager().word());
    info.put("version_number", release.version());
    info.put("version_code", release.code());
    info.put("source_date_epoch", release.epoch());
    info.put("target", target.name());
    info.put("arch_packages", target.arch());
    info.put("default_packages", catalogue.defaultPackages(release, target));
    info.put(
        "linux_kernel",
        Map.of("version", release.kernel(), "release", "1", "vermagic", release.vermagic()));
    Map<String, Object> profiles = new LinkedHashMap<>();
    target.devices().forEach(device -> profiles.put(device.name(), profile(device.stanza())));
    info.put("profiles", profiles);
    return Json.write(info);
  }

  private static Map<String, Object> profile(Stanza device) {
    Map<String, Object> profile = new LinkedHashMap<>();
    profile.put("titles", List.of(title(device)));
    profile.put("device_packages", device.words("Packages"));
    profile.put("supported_devices", device.words("Devices"));
    profile.put(
        "images",
        device.words("Images").stream()
            .map(image -> image.split("\\.", 2))
            .map(parts -> Map.of("type", parts[0], "extension", parts[1]))
            .toList());
    profile.put("image_size", new Target.Device(device).imageSize());
    return profile;
  }

  static Map<String, String> title(Stanza device) {
    Map<String, String> title = new LinkedHashMap<>();
    title.put("vendor", device.get("Vendor"));
    title.put("model", device.get("Model"));
    device.find("Variant").ifPresent(variant -> title.put("variant", variant));
    return title;
  }
}
