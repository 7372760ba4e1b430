package dev.wrtfarm.api.profile;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.wrtfarm.common.rest.InlineRecipe;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A built-in profile as its YAML file has it: a title, and the members of a recipe. */
record ProfileFile(
    String title,
    String release,
    String target,
    String profile,
    @Nullable List<String> packages,
    @Nullable List<String> disabledServices,
    @Nullable Integer rootfsMib,
    @Nullable List<String> filesystems) {

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  static ProfileFile parse(String yaml) throws IOException {
    return YAML.readValue(yaml, ProfileFile.class);
  }

  InlineRecipe recipe() {
    return new InlineRecipe(
        release, target, profile, packages, disabledServices, rootfsMib, filesystems);
  }
}
