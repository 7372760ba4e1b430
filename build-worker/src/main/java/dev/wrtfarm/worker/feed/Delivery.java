package dev.wrtfarm.worker.feed;

import dev.wrtfarm.common.value.Sha256;
import java.net.URI;
import java.nio.file.Path;

/** What became of one file that the sandbox asked for; the same for the whole attempt. */
public sealed interface Delivery {
  URI uri();

  String name();

  /**
   * It lies here.
   *
   * @param name the decoded file name
   * @param file a link of the attempt's own, so that the cache may drop its own
   */
  record Delivered(URI uri, String name, Path file, Sha256 sha256, long size) implements Delivery {
    public boolean isPackage() {
      return FeedFile.isPackage(name);
    }
  }

  /**
   * It could not be had.
   *
   * @param status what upstream answered; 0 when it did not
   * @param why for a person, with the URL
   */
  record Failed(URI uri, String name, int status, String why) implements Delivery {
    /** Without an index no package can be found, so the text of the run misleads. */
    public boolean isIndex() {
      return FeedFile.isIndex(name);
    }

    /** A name that no package manager asks for: a script tried something. It says nothing. */
    boolean isNoise() {
      return !isIndex() && !FeedFile.isPackage(name);
    }
  }
}
