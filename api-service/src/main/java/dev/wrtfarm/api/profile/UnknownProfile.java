package dev.wrtfarm.api.profile;

/** No profile of the farm has this name. */
public final class UnknownProfile extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownProfile(String message) {
    super(message);
  }
}
