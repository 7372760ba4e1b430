package dev.wrtfarm.api.submission;

/** More requests come in than this replica gets through. */
public final class TooManySubmissions extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooManySubmissions() {
    super("more requests come in than this replica gets through; try again in a while");
  }
}
