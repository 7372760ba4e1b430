package dev.wrtfarm.common.value;

/**
 * A root file system that an Image Builder makes: {@code squashfs}, {@code ext4}, {@code ubifs} …
 */
public record FileSystemName(String value) implements Comparable<FileSystemName> {
  private static final Format FORMAT =
      new Format(
          "filesystem", "[a-z0-9][a-z0-9-]{0,19}", "give a file system such as squashfs or ext4");

  public FileSystemName {
    FORMAT.check(value);
  }

  @Override
  public int compareTo(FileSystemName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
