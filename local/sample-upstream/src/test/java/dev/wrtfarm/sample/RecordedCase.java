package dev.wrtfarm.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a real Image Builder said in some situation, and how to bring the sample's into the same
 * one.
 *
 * @param tree the state of the tree before
 * @param faults lines for the server, none of it if the mirror is down
 * @param exit the exit code of make
 */
record RecordedCase(
    String release,
    String name,
    Tree tree,
    boolean mirrorUp,
    String faults,
    String umask,
    int exit,
    List<String> make) {

  enum Tree {
    FRESH,
    USED,
    /** Used, but without its downloads. */
    COLD,
    /** Used, but the host has not been checked yet. */
    UNCHECKED
  }

  static RecordedCase of(String release, String name, Tree tree, int exit, String... make) {
    return new RecordedCase(release, name, tree, true, "", "022", exit, List.of(make));
  }

  RecordedCase withMirrorDown() {
    return new RecordedCase(release, name, tree, false, faults, umask, exit, make);
  }

  RecordedCase withFault(String line) {
    return new RecordedCase(release, name, tree, mirrorUp, line, umask, exit, make);
  }

  RecordedCase withUmask(String other) {
    return new RecordedCase(release, name, tree, mirrorUp, faults, other, exit, make);
  }

  String manager() {
    return release.equals(BuiltSite.APK) ? "apk" : "opkg";
  }

  String recorded(String stream) throws IOException {
    String path = "/recorded/" + manager() + "/" + name + "." + stream;
    try (InputStream in = RecordedCase.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("no recording " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public String toString() {
    return manager() + " " + name;
  }
}
