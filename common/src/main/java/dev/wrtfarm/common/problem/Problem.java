package dev.wrtfarm.common.problem;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code application/problem+json}.
 *
 * @param detail what happened and what to do, for a person
 * @param field the member of the request that is wrong, where one is
 */
public record Problem(
    String type, String title, int status, String detail, @Nullable String field) {

  public static Problem of(ProblemType type, String detail) {
    return of(type, detail, null);
  }

  public static Problem of(ProblemType type, String detail, @Nullable String field) {
    return new Problem(type.urn(), type.title(), type.status(), detail, field);
  }
}
