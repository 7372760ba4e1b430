package dev.wrtfarm.api.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.common.recipe.Recipe;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** A recipe is stored in its canonical form: the digest can be checked against the column. */
@Converter
class RecipeConverter implements AttributeConverter<Recipe, String> {
  /** The form's version, {@code format}, is no member of the recipe. */
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  @Override
  public String convertToDatabaseColumn(Recipe recipe) {
    return recipe.canonicalForm();
  }

  @Override
  public Recipe convertToEntityAttribute(String text) {
    try {
      return JSON.readValue(text, Recipe.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored recipe is not readable: " + text, e);
    }
  }
}
