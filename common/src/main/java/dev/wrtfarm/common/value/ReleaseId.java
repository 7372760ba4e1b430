package dev.wrtfarm.common.value;

/** An OpenWrt release as the download server names it: {@code 24.10.2}, {@code SNAPSHOT}. */
public record ReleaseId(String value) {
  private static final Format FORMAT =
      new Format(
          "release",
          "SNAPSHOT|\\d{2}\\.\\d{2}(\\.\\d{1,3})?(-[a-z0-9]{1,16})?|\\d{2}\\.\\d{2}-SNAPSHOT",
          "give a release such as 24.10.2, 24.10-SNAPSHOT or SNAPSHOT");

  public ReleaseId {
    FORMAT.check(value);
  }

  /** Snapshots are replaced under their name; releases are not. */
  public boolean isSnapshot() {
    return value.endsWith("SNAPSHOT");
  }

  /** Where the download server keeps this release, relative to its root. */
  public String path() {
    return value.equals("SNAPSHOT") ? "snapshots" : "releases/" + value;
  }

  @Override
  public String toString() {
    return value;
  }
}
