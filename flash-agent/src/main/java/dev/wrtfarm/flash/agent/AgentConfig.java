package dev.wrtfarm.flash.agent;

import dev.wrtfarm.flash.device.DeviceRules;
import dev.wrtfarm.flash.device.SlotConfig;
import dev.wrtfarm.flash.plan.Sizes;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A host's configuration, from a properties file. */
public record AgentConfig(
    String host,
    List<URI> urls,
    Path tokenFile,
    Path data,
    DeviceRules rules,
    List<SlotSetup> slots,
    long cacheSize,
    ImageHosts imageHosts) {
  public static final Path DATA = Path.of("/var/lib/wrtfarm-flash");
  private static final long CACHE = 8L << 30;
  private static final String SLOT = "slot.";
  private static final Set<String> KEYS =
      Set.of(
          "host",
          "farm.urls",
          "farm.token-file",
          "data",
          "test-host",
          "max-size",
          "cache-size",
          ImageHosts.KEY);

  public static AgentConfig read(Path file) throws ConfigWrong {
    Properties all = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      all.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigWrong("%s cannot be read: %s".formatted(file, e));
    }
    return new Keys(file, all).config();
  }

  /** The file's keys, each with its own complaint. */
  private record Keys(Path file, Properties all) {
    AgentConfig config() throws ConfigWrong {
      List<SlotSetup> slots = slots();
      return new AgentConfig(
          name("host", required("host")),
          urls(),
          Path.of(required("farm.token-file")),
          Path.of(given("data", DATA.toString())),
          new DeviceRules(flag("test-host"), size("max-size", DeviceRules.LARGEST_CARD)),
          slots,
          size("cache-size", CACHE),
          imageHosts());
    }

    private ImageHosts imageHosts() throws ConfigWrong {
      String value = given(ImageHosts.KEY, "");
      try {
        return ImageHosts.parse(value);
      } catch (IllegalArgumentException e) {
        throw wrong(ImageHosts.KEY, value, "give HOST or HOST:PORT, with commas between");
      }
    }

    private List<URI> urls() throws ConfigWrong {
      List<URI> urls = new ArrayList<>();
      for (String url : required("farm.urls").split(",", -1)) {
        if (!url.strip().matches("https?://[^\\s/]+.*")) {
          throw wrong("farm.urls", url, "give http:// or https:// addresses, with commas between");
        }
        urls.add(URI.create(url.strip()));
      }
      return urls;
    }

    private List<SlotSetup> slots() throws ConfigWrong {
      Set<String> names = new TreeSet<>();
      for (String key : all.stringPropertyNames()) {
        int end = key.lastIndexOf('.');
        boolean ofSlot =
            key.startsWith(SLOT)
                && end > SLOT.length()
                && Set.of("port", "unattended", "reset").contains(key.substring(end + 1));
        if (ofSlot) {
          names.add(name(key, key.substring(SLOT.length(), end)));
        } else if (!KEYS.contains(key)) {
          throw wrong(key, String.valueOf(all.getProperty(key)), "there is no such key");
        }
      }
      List<SlotSetup> slots = new ArrayList<>();
      for (String name : names) {
        slots.add(slot(name));
      }
      Set<String> ports = new TreeSet<>();
      for (SlotSetup slot : slots) {
        if (!ports.add(slot.slot().port())) {
          throw wrong(
              SLOT + slot.name() + ".port", slot.slot().port(), "another slot has this port");
        }
      }
      return slots;
    }

    private SlotSetup slot(String name) throws ConfigWrong {
      String key = SLOT + name + ".reset";
      String reset = given(key, "none");
      if (!Set.of("none", "helper").contains(reset)) {
        throw wrong(key, reset, "give none or helper");
      }
      return new SlotSetup(
          new SlotConfig(name, required(SLOT + name + ".port")),
          flag(SLOT + name + ".unattended"),
          reset);
    }

    private String name(String key, String value) throws ConfigWrong {
      if (!value.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
        throw wrong(key, value, "a name has letters, digits and dashes, at most 63");
      }
      return value;
    }

    private boolean flag(String key) throws ConfigWrong {
      String value = given(key, "false");
      if (!value.equals("true") && !value.equals("false")) {
        throw wrong(key, value, "give true or false");
      }
      return value.equals("true");
    }

    private long size(String key, long usual) throws ConfigWrong {
      String value = given(key, Long.toString(usual));
      try {
        return Sizes.bytes(value);
      } catch (NumberFormatException e) {
        throw wrong(key, value, "give bytes, or a number with MiB, GiB, MB or GB");
      }
    }

    private String required(String key) throws ConfigWrong {
      String value = get(key);
      if (value == null || value.isEmpty()) {
        throw new ConfigWrong("%s: %s is missing".formatted(file, key));
      }
      return value;
    }

    private String given(String key, String usual) {
      String value = get(key);
      return value == null || value.isEmpty() ? usual : value;
    }

    private @Nullable String get(String key) {
      return Stream.ofNullable(all.getProperty(key)).map(String::strip).findFirst().orElse(null);
    }

    private ConfigWrong wrong(String key, String value, String remedy) {
      return new ConfigWrong("%s: %s is '%s': %s".formatted(file, key, value, remedy));
    }
  }
}
