package dev.wrtfarm.launcher;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another program's main class under a {@link ParentWatch}: {@code java -cp
 * launcher.jar:PROGRAM.jar dev.wrtfarm.launcher.ChildMain MAINCLASS ARGUMENTS…}. The program needs
 * to know nothing about it.
 */
public final class ChildMain {
  private ChildMain() {}

  public static void main(String[] args) throws Throwable {
    if (args.length == 0) {
      System.err.println("name the main class to run");
      System.exit(64);
    }
    ParentWatch.start();
    try {
      Class.forName(args[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
