package dev.wrtfarm.api.rest;

import dev.wrtfarm.common.value.InvalidValue;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Refuses bodies that lack a member which the wire's records do not mark as nullable, by the
 * member's name; so no code behind it meets a null where none is declared.
 */
@Provider
public class RequiredMembers implements ReaderInterceptor {

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
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        checkMember(path.isEmpty() ? "" : path + ".", component, value);
      }
    }
  }

  private static void checkMember(String prefix, RecordComponent component, Object holder) {
    Object member = read(component, holder);
    if (member != null) {
      check(prefix + component.getName(), member);
    } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      throw missing(prefix + component.getName());
    }
  }

  private static InvalidValue missing(String path) {
    return new InvalidValue(path, "", "it is missing or null; give a value");
  }

  private static @Nullable Object read(RecordComponent component, Object holder) {
    try {
      return component.getAccessor().invoke(holder);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's accessor always answers", e);
    }
  }
}
