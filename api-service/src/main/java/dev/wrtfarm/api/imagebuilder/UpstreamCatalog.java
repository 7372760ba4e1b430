package dev.wrtfarm.api.imagebuilder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.api.imagebuilder.UpstreamAnswer.Absent;
import dev.wrtfarm.api.imagebuilder.UpstreamAnswer.Found;
import dev.wrtfarm.api.profile.NearNames;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.value.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the download server can serve a recipe. Only a definite no refuses it; when the server
 * does not answer in time the build is accepted, and the worker finds out.
 */
@ApplicationScoped
public class UpstreamCatalog {
  private final UpstreamFiles files;

  UpstreamCatalog(UpstreamFiles files) {
    this.files = files;
  }

  /** Throws {@link UnknownRelease} when the server says that it has no such thing. */
  public void check(Recipe recipe) {
    long deadline = UpstreamFiles.deadline();
    ReleaseId release = new ReleaseId(recipe.release());
    String targetPath = release.path() + "/targets/" + recipe.target() + "/profiles.json";
    switch (files.get(targetPath, deadline)) {
      case Found(JsonNode json) -> checkProfile(recipe, json);
      case Absent absent -> refuseReleaseOrTarget(recipe, release, deadline);
      default -> {}
    }
  }

  private static void checkProfile(Recipe recipe, JsonNode json) {
    JsonNode profiles = json.path("profiles");
    if (profiles.isObject() && !profiles.has(recipe.profile())) {
      throw new UnknownRelease(
          "profile",
          "%s %s has no profile '%s'%s"
              .formatted(
                  recipe.release(),
                  recipe.target(),
                  recipe.profile(),
                  NearNames.hint(recipe.profile(), names(profiles))));
    }
  }

  private void refuseReleaseOrTarget(Recipe recipe, ReleaseId release, long deadline) {
    switch (files.get(release.path() + "/.targets.json", deadline)) {
      case Found(JsonNode targets) when !targets.has(recipe.target()) ->
          throw new UnknownRelease(
              "target",
              "%s has no target '%s'%s"
                  .formatted(
                      recipe.release(),
                      recipe.target(),
                      NearNames.hint(recipe.target(), names(targets))));
      case Absent absent -> refuseRelease(recipe, deadline);
      default -> {}
    }
  }

  private void refuseRelease(Recipe recipe, long deadline) {
    if (files.get(".versions.json", deadline) instanceof Found(JsonNode json)
        && json.path("versions_list").isArray()) {
      List<String> versions = new ArrayList<>();
      json.path("versions_list").forEach(each -> versions.add(each.asText()));
      if (!versions.contains(recipe.release())) {
        throw new UnknownRelease(
            "release",
            "the download server has no release '%s'%s"
                .formatted(recipe.release(), NearNames.hint(recipe.release(), versions)));
      }
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    names.removeIf(name -> name.startsWith("."));
    return names;
  }
}
