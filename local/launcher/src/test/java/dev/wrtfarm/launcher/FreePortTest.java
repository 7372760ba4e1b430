package dev.wrtfarm.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
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

  @Test
  void no_port_is_given_out_twice() {
    assertThat(IntStream.range(0, 500).map(_ -> FreePort.any()).boxed()).doesNotHaveDuplicates();
  }
}
