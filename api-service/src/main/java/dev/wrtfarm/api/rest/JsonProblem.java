package dev.wrtfarm.api.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.wrtfarm.common.problem.Problem;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.value.InvalidValue;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says where a body is not the JSON that it should be. */
final class JsonProblem {
  private JsonProblem() {}

  static Problem of(JsonProcessingException e) {
    Optional<InvalidValue> invalid = Causes.find(e, InvalidValue.class);
    if (invalid.isPresent()) {
      return Problem.of(
          ProblemType.INVALID_REQUEST,
          String.valueOf(invalid.get().getMessage()),
          invalid.get().field());
    }
    String field = e instanceof JsonMappingException mapping ? path(mapping) : null;
    return Problem.of(ProblemType.INVALID_REQUEST, detail(e, field) + place(e), field);
  }

  private static String detail(JsonProcessingException e, @Nullable String field) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "there is no member '%s'; known ones are %s"
          .formatted(
              field,
              unknown.getKnownPropertyIds() == null
                  ? "none"
                  : unknown.getKnownPropertyIds().stream()
                      .map(String::valueOf)
                      .sorted()
                      .collect(Collectors.joining(", ")));
    }
    if (field != null) {
      return "member '%s' has not the type that it should have".formatted(field);
    }
    return e instanceof JsonMappingException
        ? "the body is not the JSON object that it should be"
        : "the body is not JSON";
  }

  private static String place(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return at == null || at.getLineNr() < 0
        ? ""
        : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static @Nullable String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(each ->
                each.getFieldName() == null
                    ? "[" + each.getIndex() + "]"
                    : "." + each.getFieldName())
            .collect(Collectors.joining());
    return path.isEmpty() ? null : path.startsWith(".") ? path.substring(1) : path;
  }
}
