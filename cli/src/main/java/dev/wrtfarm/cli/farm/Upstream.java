package dev.wrtfarm.cli.farm;

import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where the farm's Image Builders come from. */
public sealed interface Upstream {
  Upstream OFFICIAL = new Server("https://downloads.openwrt.org");

  /** A download server: the official one or a mirror of it. */
  record Server(String url) implements Upstream {
    @Override
    public String toString() {
      return url;
    }
  }

  /** The small one that comes with wrtfarm, on this machine. */
  record Sample() implements Upstream {
    @Override
    public String toString() {
      return "sample";
    }
  }

  /** For picocli. */
  final class Converter implements ITypeConverter<Upstream> {
    @Override
    public Upstream convert(String text) {
      if (text.equals("sample")) {
        return new Sample();
      }
      try {
        URI uri = URI.create(text);
        if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
          return new Server(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        }
      } catch (IllegalArgumentException e) {
        // Answered below.
      }
      throw new TypeConversionException(
          "'" + text + "' is no upstream: give the URL of a download server, or 'sample'");
    }
  }
}
