package dev.wrtfarm.flash.reset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The helper's own script, behind a socket as systemd would put it. */
class ResetHelperTest {
  private static final Path SCRIPT =
      Path.of(System.getProperty("wrtfarm.home", ".."), "deploy/flash-agent/reset-port");

  @TempDir Path folder;
  private Path socket;
  private Path usb;
  private ServerSocketChannel server;

  @BeforeEach
  void listen() throws IOException {
    usb = Files.createDirectories(folder.resolve("sys/bus/usb/devices"));
    socket = folder.resolve("reset.sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofPlatform().daemon().start(this::serve);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void a_reader_is_logged_off_and_on_again() throws Exception {
    list("card-1 authorized 1-2.3");
    Path authorized = Files.createDirectories(usb.resolve("1-2.3")).resolve("authorized");
    assertThat(new ProcessBuilder("mkfifo", authorized.toString()).start().waitFor()).isZero();

    byte[] written = new byte[2];
    try (RandomAccessFile all = new RandomAccessFile(authorized.toFile(), "rw")) {
      assertThat(reset("card-1")).isEqualTo("authorized");
      all.readFully(written);
    }
    assertThat(written).asString(StandardCharsets.US_ASCII).isEqualTo("01");
  }

  @Test
  void a_port_is_switched_off_and_on_again() throws Exception {
    list("# comment", "", "card-0 authorized 9-9", "card-1  port-power  1-0:1.0/usb1-port2");
    Path port = Files.createDirectories(usb.resolve("1-0:1.0/usb1-port2"));
    Files.writeString(port.resolve("disable"), "?");

    assertThat(reset("card-1")).isEqualTo("port power");
    assertThat(port.resolve("disable")).hasContent("0");
  }

  @Test
  void only_slots_of_the_list_are_reset() throws Exception {
    list("card-1 authorized 1-2");
    refuses("card-2", "is not in");
    refuses("#", "no name of a slot");
    refuses("../card-1", "no name of a slot");
    refuses("card-1 authorized 1-3", "no name of a slot");
    refuses("$(touch x)", "no name of a slot");
    refuses("card-1", "cannot write 0 to");
  }

  @Test
  void a_list_that_leads_out_of_sys_is_refused() throws Exception {
    list(
        "card-1 authorized ../../../../etc",
        "card-2 bind /etc x",
        "card-3 melt 1-2",
        "card-4 mux /dev/sda");
    refuses("card-1", "no name below");
    refuses("card-2", "no name below");
    refuses("card-3", "no kind of reset");
    refuses("card-4", "no mux");
  }

  @Test
  void a_helper_that_is_not_there_is_named_with_a_remedy() {
    HelperReset reset = new HelperReset(folder.resolve("none.sock"), "card-1");

    assertThatThrownBy(reset::reset)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.sock")
        .hasMessageContaining("slot.card-1.reset=none");
  }

  private void refuses(String slot, String why) {
    assertThatThrownBy(() -> reset(slot))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("error")
        .hasMessageContaining(why);
  }

  private String reset(String slot) throws IOException {
    return new HelperReset(socket, slot).reset();
  }

  private void list(String... lines) throws IOException {
    Files.write(folder.resolve("reset-ports"), java.util.List.of(lines));
  }

  private void serve() {
    try {
      while (true) {
        try (SocketChannel peer = server.accept();
            InputStream in = Channels.newInputStream(peer);
            OutputStream out = Channels.newOutputStream(peer)) {
          Process script =
              new ProcessBuilder(
                      "sh",
                      SCRIPT.toString(),
                      folder.resolve("reset-ports").toString(),
                      folder.resolve("sys").toString())
                  .start();
          in.transferTo(script.getOutputStream());
          script.getOutputStream().close();
          script.getInputStream().transferTo(out);
        }
      }
    } catch (IOException e) {
      // the test is over
      return;
    }
  }
}
