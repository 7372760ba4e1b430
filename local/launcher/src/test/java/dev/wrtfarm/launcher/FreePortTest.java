package dev.wrtfarm.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {
  @Test
  void a_port_in_use_is_not_free() throws Exception {
    int port = FreePort.any();
    assertThat(FreePort.isFree(port)).isTrue();
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePort.isFree(taken.getLocalPort())).isFalse();
    }
  }
}
