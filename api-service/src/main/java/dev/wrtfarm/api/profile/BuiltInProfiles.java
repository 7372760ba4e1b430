package dev.wrtfarm.api.profile;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.util.ClassPathUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Loads the profiles that come with the farm when it starts. */
@ApplicationScoped
class BuiltInProfiles {
  private static final Logger LOG = Logger.getLogger(BuiltInProfiles.class);
  private static final String FOLDER = "profiles";
  private static final String SUFFIX = ".yaml";

  private final ProfileStore store;

  BuiltInProfiles(ProfileStore store) {
    this.store = store;
  }

  void load(@Observes StartupEvent event) throws IOException {
    Map<String, String> files = new TreeMap<>();
    ClassPathUtils.consumeAsPaths(FOLDER, folder -> files.putAll(filesIn(folder)));
    load(files);
  }

  /**
   * @param files id to YAML
   */
  void load(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> each : files.entrySet()) {
      ProfileFile file = parse(each.getKey(), each.getValue());
      store.put(each.getKey(), file.title(), file.recipe());
    }
    store.unlistAllBut(files.keySet());
    LOG.infof("%d built-in profiles", files.size());
  }

  private static ProfileFile parse(String id, String yaml) throws IOException {
    try {
      return ProfileFile.parse(yaml);
    } catch (IOException e) {
      throw new IOException("profiles/" + id + SUFFIX + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, String> filesIn(Path folder) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        String name = String.valueOf(path.getFileName());
        if (name.endsWith(SUFFIX)) {
          files.put(name.substring(0, name.length() - SUFFIX.length()), Files.readString(path));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
