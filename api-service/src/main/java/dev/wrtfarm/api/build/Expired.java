package dev.wrtfarm.api.build;

/** The record is there, and this file of it is not kept any more. */
public final class Expired extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Expired(String build, String file) {
    super(
        "'%s' of build %s is not in the store any more: ask for the build again"
            .formatted(file, build));
  }
}
