package dev.wrtfarm.api.rest;

import dev.wrtfarm.common.value.InvalidValue;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * An {@code Idempotency-Key} that is there says that the call must not count twice. The framework
 * takes an empty one for none, and the first of several: the caller, whose script has perhaps lost
 * a value, would learn of it by the second build.
 */
@Provider
public class OneKey implements ContainerRequestFilter {
  private static final String KEY = "Idempotency-Key";

  @Override
  public void filter(ContainerRequestContext request) {
    List<String> keys = request.getHeaders().get(KEY);
    if (keys != null && (keys.size() != 1 || keys.getFirst().isEmpty())) {
      throw new InvalidValue(
          KEY,
          String.join(", ", keys),
          "give one, of 1 to 200 printable ASCII characters without spaces");
    }
  }
}
