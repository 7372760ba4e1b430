package dev.wrtfarm.worker.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@code profiles.json}: upstream's lists all devices of a target, that of a finished build only
 * its own.
 */
public record ProfilesJson(Map<String, List<Image>> imagesByProfile) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Older releases lack the file system. */
  public record Image(
      String name, String type, @Nullable String filesystem, @Nullable String sha256) {}

  public static ProfilesJson parse(byte[] bytes) throws IOException {
    JsonNode root = JSON.readTree(bytes);
    JsonNode profiles = root.path("profiles");
    if (!profiles.isObject()) {
      throw new IOException("profiles.json has no member 'profiles'");
    }
    Map<String, List<Image>> found = new TreeMap<>();
    profiles.properties().forEach(each -> found.put(each.getKey(), images(each.getValue())));
    return new ProfilesJson(found);
  }

  public Optional<List<Image>> images(String profile) {
    return Optional.ofNullable(imagesByProfile.get(profile));
  }

  private static List<Image> images(JsonNode profile) {
    List<Image> images = new ArrayList<>();
    for (JsonNode each : profile.path("images")) {
      images.add(
          new Image(
              each.path("name").asText(),
              each.path("type").asText(),
              text(each, "filesystem"),
              text(each, "sha256")));
    }
    return List.copyOf(images);
  }

  private static @Nullable String text(JsonNode image, String member) {
    JsonNode value = image.path(member);
    return value.isTextual() ? value.asText() : null;
  }
}
