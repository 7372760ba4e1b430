package dev.wrtfarm.api.build;

/** There is no build, request or artifact of that name. */
public final class NoSuchThing extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NoSuchThing(String kind, String name) {
    super("there is no %s '%s'".formatted(kind, name.length() > 80 ? name.substring(0, 80) : name));
  }
}
