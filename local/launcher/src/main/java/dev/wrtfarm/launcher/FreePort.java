package dev.wrtfarm.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback interface. Between the answer and its use somebody else may take one; it is
 * not given out again in this JVM, and programs that look for ports at the same time should look in
 * different ranges.
 *
 * <p>Port 0 would give one from the range that outgoing connections use. Such a port is easily
 * taken while its server is being restarted, even by a client that keeps trying to reach it: a
 * loopback connection can meet itself. So ports come from below that range.
 */
public final class FreePort {
  /** From here on a program may have ranges of its own, up to {@link #BEYOND}. */
  public static final int RANGES = 26_000;

  public static final int BEYOND = 32_000;
  private static final int LOWEST = 20_000;
  private static final int TRIES = 200;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  public static int any() {
    return from(LOWEST, RANGES);
  }

  /** At least the one and below the other. */
  public static int from(int lowest, int beyond) {
    return ThreadLocalRandom.current()
        .ints(TRIES, lowest, beyond)
        .filter(port -> isFree(port) && GIVEN.add(port))
        .findFirst()
        .orElseThrow(() ->
            new ProgramFailed(
                "no free port was found between %d and %d".formatted(lowest, beyond)));
  }

  public static boolean isFree(int port) {
    try (ServerSocket socket = bound(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket bound(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
