package dev.wrtfarm.common.recipe;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes JSON as RFC 8785 (JSON Canonicalization Scheme) says: members sorted by UTF-16 code units,
 * no white space, the shortest escapes. Of numbers it takes integers only, up to 2^53, which is all
 * that digests here are made of.
 */
public final class CanonicalJson {
  private static final long LARGEST_EXACT = 1L << 53;

  private CanonicalJson() {}

  /** Takes maps with string keys, lists, strings, integers and booleans. */
  public static String write(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, Object value) {
    switch (value) {
      case Map<?, ?> map -> appendObject(out, map);
      case List<?> list -> appendArray(out, list);
      case String text -> appendString(out, text);
      case Boolean flag -> out.append(flag);
      case Integer number -> out.append(number);
      case Long number when Math.abs(number) <= LARGEST_EXACT -> out.append(number);
      default ->
          throw new IllegalArgumentException("no canonical form for " + value.getClass() + " here");
    }
  }

  private static void appendObject(StringBuilder out, Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, member) -> sorted.put((String) key, member));
    out.append('{');
    Iterator<Map.Entry<String, Object>> members = sorted.entrySet().iterator();
    while (members.hasNext()) {
      Map.Entry<String, Object> member = members.next();
      appendString(out, member.getKey());
      out.append(':');
      append(out, member.getValue());
      if (members.hasNext()) {
        out.append(',');
      }
    }
    out.append('}');
  }

  private static void appendArray(StringBuilder out, List<?> list) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      append(out, list.get(i));
    }
    out.append(']');
  }

  private static void appendString(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) {
            out.append("\\u%04x".formatted((int) c));
          } else if (isLoneSurrogate(text, i)) {
            throw new IllegalArgumentException("a lone surrogate has no canonical form");
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isLoneSurrogate(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
