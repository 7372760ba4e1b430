package dev.wrtfarm.api.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.common.rest.InlineRecipe;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** A recipe as people write it, as JSON text. */
@Converter
class InlineRecipeConverter implements AttributeConverter<InlineRecipe, String> {
  private static final ObjectMapper JSON =
      new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

  @Override
  public String convertToDatabaseColumn(InlineRecipe recipe) {
    return write(recipe);
  }

  static String write(InlineRecipe recipe) {
    try {
      return JSON.writeValueAsString(recipe);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a recipe always has a JSON form", e);
    }
  }

  @Override
  public InlineRecipe convertToEntityAttribute(String text) {
    try {
      return JSON.readValue(text, InlineRecipe.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored recipe is not readable: " + text, e);
    }
  }
}
