package dev.wrtfarm.api.rest;

import dev.wrtfarm.common.value.InvalidValue;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses bodies that lack a member which the wire's records do not mark as nullable, by the
 * member's name; so no code behind it meets a null where none is declared.
 */
@Provider
public class RequiredMembers implements ReaderInterceptor {
  private static final ClassValue<List<Member>> MEMBERS =
      new ClassValue<>() {
        @Override
        protected List<Member> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Member::of).toList();
        }
      };

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    Object body = context.proceed();
    if (body == null) {
      throw new InvalidValue("body", "", "send a JSON object");
    }
    check("", body);
    return body;
  }

  private static void check(String path, Object value) {
    if (value instanceof Collection<?> list) {
      for (Object each : list) {
        if (each == null) {
          throw missing(path);
        }
        check(path, each);
      }
    } else if (value instanceof Record) {
      for (Member member : MEMBERS.get(value.getClass())) {
        check(path.isEmpty() ? "" : path + ".", member, value);
      }
    }
  }

  private static void check(String prefix, Member member, Object holder) {
    Object value = member.of(holder);
    if (value != null) {
      check(prefix + member.name(), value);
    } else if (!member.nullable()) {
      throw missing(prefix + member.name());
    }
  }

  private static InvalidValue missing(String path) {
    return new InvalidValue(path, "", "it is missing or null; give a value");
  }

  /** What is known of a record's member; to ask for annotations anew with each body is slow. */
  private record Member(String name, Method accessor, boolean nullable) {

    static Member of(RecordComponent component) {
      return new Member(
          component.getName(),
          component.getAccessor(),
          component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }

    @Nullable Object of(Object holder) {
      try {
        return accessor.invoke(holder);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record's accessor always answers", e);
      }
    }
  }
}
