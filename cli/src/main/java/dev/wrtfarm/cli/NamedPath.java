package dev.wrtfarm.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A file or folder that somebody named. An empty name is a script's variable without a value: taken
 * as the working folder it would start a farm there, among other people's files.
 */
final class NamedPath implements ITypeConverter<Path> {
  @Override
  public Path convert(String name) {
    if (name.isBlank()) {
      throw new TypeConversionException("'" + name + "' names nothing; '.' is the working folder");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + name + "' is no path: " + e.getReason());
    }
  }
}
