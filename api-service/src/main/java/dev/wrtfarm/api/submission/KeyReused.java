package dev.wrtfarm.api.submission;

/** An idempotency key came with another body before. */
public final class KeyReused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public KeyReused(String key) {
    super(
        "the idempotency key '%s' came with another request before; take a new one".formatted(key));
  }
}
