package dev.wrtfarm.sample.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How a package manager wants its packages and its feeds. */
interface PackageFormat {
  BuiltPackage build(SamplePackage pkg) throws IOException;

  /** Writes the packages, their signed index, and index.json. */
  void writeFeed(Path folder, String arch, List<BuiltPackage> packages) throws IOException;

  /** What of an Image Builder depends on the format: its list of feeds, its keys. */
  void writeRepositories(Path tree, Iterable<Feed> feeds) throws IOException;

  /** A feed as an Image Builder knows it. */
  record Feed(String name, String url) {}
}
