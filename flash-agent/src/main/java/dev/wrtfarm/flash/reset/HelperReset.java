package dev.wrtfarm.flash.reset;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Asks the host's reset helper. The helper runs as root and knows a fixed list of slots and what to
 * do for each; all it takes from here is a slot's name. One line each way: {@code slot-1}, and
 * {@code ok authorized} or {@code error REASON}.
 */
public final class HelperReset implements PortReset {
  public static final Path SOCKET = Path.of("/run/wrtfarm-flash/reset.sock");
  private static final int LONGEST = 200;

  private final Path socket;
  private final String slot;

  public HelperReset(Path socket, String slot) {
    this.socket = socket;
    this.slot = slot;
  }

  @Override
  public String reset() throws IOException {
    String answer;
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(ByteBuffer.wrap((slot + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.shutdownOutput();
      byte[] bytes = Channels.newInputStream(channel).readNBytes(LONGEST);
      answer = new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new IOException(
          "the reset helper at %s does not answer: %s; start wrtfarm-flash-reset.socket, or set slot.%s.reset=none"
              .formatted(socket, e.getMessage(), slot),
          e);
    }
    if (!answer.startsWith("ok ")) {
      throw new IOException(
          "the reset helper did not reset slot %s: %s"
              .formatted(slot, answer.isEmpty() ? "no answer" : answer));
    }
    return answer.substring(3);
  }
}
