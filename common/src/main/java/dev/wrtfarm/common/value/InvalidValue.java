package dev.wrtfarm.common.value;

/**
 * A value from outside that breaks its format. The message names the field, the value and the
 * remedy.
 */
public final class InvalidValue extends IllegalArgumentException {
  private static final long serialVersionUID = 1;
  private static final int LONGEST_QUOTE = 80;

  private final String field;

  public InvalidValue(String field, String value, String remedy) {
    super("%s '%s' is not valid: %s".formatted(field, quoted(value), remedy));
    this.field = field;
  }

  /** The name of the field as the caller wrote it, for example {@code recipe.packages}. */
  public String field() {
    return field;
  }

  private static String quoted(String value) {
    String printable = value.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= LONGEST_QUOTE
        ? printable
        : printable.substring(0, LONGEST_QUOTE) + "…";
  }
}
