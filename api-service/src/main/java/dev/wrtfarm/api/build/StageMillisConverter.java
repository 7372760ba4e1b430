package dev.wrtfarm.api.build;

import dev.wrtfarm.common.build.Stage;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How long each stage took, as {@code FETCH=120 PREPARE=31}. */
@Converter
public class StageMillisConverter implements AttributeConverter<Map<Stage, Long>, String> {

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable Map<Stage, Long> millis) {
    return millis == null ? null : write(millis);
  }

  public static String write(Map<Stage, Long> millis) {
    return millis.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(" "));
  }

  @Override
  public @Nullable Map<Stage, Long> convertToEntityAttribute(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Map<Stage, Long> millis = new EnumMap<>(Stage.class);
    for (String each : text.split(" ", -1)) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        millis.put(
            Stage.valueOf(each.substring(0, equals)), Long.valueOf(each.substring(equals + 1)));
      }
    }
    return millis;
  }
}
