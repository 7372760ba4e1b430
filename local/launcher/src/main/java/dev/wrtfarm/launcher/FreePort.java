package dev.wrtfarm.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback interface. Between the answer and its use somebody else may take one.
 *
 * <p>Port 0 would give one from the range that outgoing connections use. Such a port is easily
 * taken while its server is being restarted, even by a client that keeps trying to reach it: a
 * loopback connection can meet itself. So ports come from below that range.
 */
public final class FreePort {
  private static final int LOWEST = 20_000;
  private static final int BEYOND = 32_000;
  private static final int TRIES = 200;

  private FreePort() {}

  public static int any() {
    return ThreadLocalRandom.current()
        .ints(TRIES, LOWEST, BEYOND)
        .filter(FreePort::isFree)
        .findFirst()
        .orElseThrow(() ->
            new ProgramFailed(
                "no free port was found between %d and %d".formatted(LOWEST, BEYOND)));
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
