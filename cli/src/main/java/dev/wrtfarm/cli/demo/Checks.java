package dev.wrtfarm.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** What the demo promised, and whether it held. */
final class Checks {
  private final List<Check> all = new ArrayList<>();

  record Check(boolean held, String what) {}

  void check(boolean held, String what) {
    all.add(new Check(held, what));
  }

  List<Check> all() {
    return List.copyOf(all);
  }

  boolean allHeld() {
    return all.stream().allMatch(Check::held);
  }
}
