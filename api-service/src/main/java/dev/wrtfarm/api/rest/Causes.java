package dev.wrtfarm.api.rest;

import jakarta.transaction.RollbackException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks into what lies behind an exception. */
final class Causes {
  private static final int DEEPEST = 20;

  private Causes() {}

  static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
    @Nullable Throwable each = thrown;
    for (int i = 0; each != null && i < DEEPEST; i++) {
      if (type.isInstance(each)) {
        return Optional.of(type.cast(each));
      }
      each = each.getCause();
    }
    return Optional.empty();
  }

  /** A NUL, for example: SQL states 22. */
  static boolean isBadText(Throwable thrown) {
    return find(thrown, SQLException.class)
        .map(SQLException::getSQLState)
        .filter(state -> state.startsWith("22"))
        .isPresent();
  }

  /** No connection, or one that broke: SQL states 08 and 57P, or the pool had none to give. */
  static boolean isDatabaseAway(Throwable thrown) {
    if (find(thrown, RollbackException.class).isPresent()) {
      // Nothing is checked as late as the commit: it failed because nobody answered.
      return true;
    }
    Optional<SQLException> sql = find(thrown, SQLException.class);
    if (sql.isEmpty()) {
      return false;
    }
    String state = sql.get().getSQLState();
    String message = String.valueOf(sql.get().getMessage());
    return sql.get() instanceof SQLTransientConnectionException
        || (state != null && (state.startsWith("08") || state.startsWith("57P")))
        || message.contains("Acquisition timeout")
        || find(thrown, ConnectException.class).isPresent()
        || find(thrown, SocketTimeoutException.class).isPresent()
        || find(thrown, SocketException.class).isPresent();
  }
}
