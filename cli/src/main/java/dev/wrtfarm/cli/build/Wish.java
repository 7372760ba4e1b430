package dev.wrtfarm.cli.build;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.rest.BuildMode;
import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.rest.SubmitBuild;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a person asks to be built: a profile of the farm, or a file with a recipe. */
final class Wish {
  // YAML is a superset of JSON, so one reader takes both.
  private static final ObjectMapper STRICT =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  // What the farm takes at most.
  private static final int LARGEST = 1 << 20;

  private Wish() {}

  /**
   * What the command line adds to what is named.
   *
   * @param mode null leaves it to the file, or the farm
   */
  record More(
      List<String> packages,
      @Nullable Integer priority,
      @Nullable BuildMode mode,
      boolean dryRun) {}

  static SubmitBuild of(String profileOrFile, Path folder, More more) {
    SubmitBuild wish =
        isFile(profileOrFile)
            ? fromFile(folder.resolve(profileOrFile))
            : new SubmitBuild(profileOrFile, null, null, null);
    return with(wish, more);
  }

  private static boolean isFile(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return text.contains("/")
        || lower.endsWith(".yaml")
        || lower.endsWith(".yml")
        || lower.endsWith(".json");
  }

  private static SubmitBuild with(SubmitBuild wish, More more) {
    List<String> all = new ArrayList<>(wish.packages() == null ? List.of() : wish.packages());
    all.addAll(more.packages());
    return new SubmitBuild(
        wish.profile(),
        wish.recipe(),
        all.isEmpty() ? null : all,
        more.priority() == null ? wish.priority() : more.priority(),
        more.mode() == null ? wish.mode() : more.mode().word(),
        more.dryRun() ? Boolean.TRUE : wish.dryRun());
  }

  private static SubmitBuild fromFile(Path file) {
    try {
      if (!(STRICT.readTree(text(file)) instanceof ObjectNode members)) {
        throw invalid(file, "it holds no members", null);
      }
      return members.has("release") || members.has("target")
          ? new SubmitBuild(null, recipe(members), null, null)
          : STRICT.treeToValue(members, SubmitBuild.class);
    } catch (UnrecognizedPropertyException e) {
      String known =
          e.getKnownPropertyIds().stream()
              .map(Object::toString)
              .sorted()
              .collect(Collectors.joining(", "));
      throw invalid(
          file, "'%s' is no member of it".formatted(e.getPropertyName()), "there are: " + known);
    } catch (JsonMappingException e) {
      throw invalid(file, "%s: %s".formatted(place(e), e.getOriginalMessage()), null);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw invalid(file, String.valueOf(e.getOriginalMessage()), "write it in YAML or JSON");
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "the recipe file %s cannot be read".formatted(file),
          "a profile of the farm is named without '/' and ending; 'wrtfarm profiles' lists them");
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw invalid(file, "it has more than %d bytes".formatted(LARGEST), null);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** A title makes the same file good as a profile of the farm. */
  private static InlineRecipe recipe(ObjectNode members) throws IOException {
    members.remove("title");
    return STRICT.treeToValue((JsonNode) members, InlineRecipe.class);
  }

  private static String place(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static CommandFailed invalid(Path file, String what, @Nullable String hint) {
    return new CommandFailed(
        ExitCode.USAGE, "the recipe file %s is not valid: %s".formatted(file, what), hint);
  }
}
