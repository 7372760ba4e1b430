package dev.wrtfarm.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The JDK that runs this command runs everything else too. */
final class JdkCheck implements Check {
  private static final int NEEDED = 25;
  private static final String REMEDY =
      "install openjdk-25-jdk-headless or Temurin 25, or set JAVA_HOME to a JDK 25";

  @Override
  public List<Finding> look() {
    Path home = Path.of(System.getProperty("java.home"));
    String text = "Java %s in %s".formatted(Runtime.version(), home);
    if (Runtime.version().feature() < NEEDED) {
      return List.of(Finding.bad("jdk", text, REMEDY));
    }
    return Files.isExecutable(home.resolve("bin/javac"))
        ? List.of(Finding.good("jdk", text))
        : List.of(Finding.bad("jdk", text + ", a runtime without compiler", REMEDY));
  }
}
