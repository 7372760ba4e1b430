package dev.wrtfarm.testing;

import java.util.Map;

/**
 * A running PostgreSQL, Kafka broker and S3 server, and the faults that a test may make. The system
 * property {@code wrtfarm.test.parts} chooses them: {@code docker}, {@code embedded} (the local
 * stack), {@code external} (a running set, described by a properties file that {@code
 * wrtfarm.test.external} names), or {@code auto}: docker where an engine answers, else embedded.
 */
public interface Parts extends AutoCloseable {

  /** Starts a set of its own for a test, which closes it; it ends with the JVM at the latest. */
  static Parts start() {
    return PartsChoice.ofThisJvm().start();
  }

  /**
   * How services reach the parts: the keys of the services' configuration. It stays the same over
   * {@link #kill()} and {@link #restart()}.
   */
  Map<String, String> configuration();

  /** Ends all parts with SIGKILL, as a power cut would. */
  void kill();

  /** Starts the killed parts on their old data; returns when they are ready. */
  void restart();

  /** Stops all parts in their tracks: connections stay open, and nobody answers. */
  void pause();

  /** Lets paused parts go on, the database too. */
  void resume();

  /** Stops the database alone in its tracks. */
  void pauseDatabase();

  /** Deletes what the broker has stored; only between {@link #kill()} and {@link #restart()}. */
  void loseBrokerData();

  @Override
  void close();
}
