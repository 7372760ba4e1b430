package dev.wrtfarm.flash.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run notes down for its report while it goes on. */
final class RunRecord {
  private final Map<String, Long> phaseMillis = new LinkedHashMap<>();
  private final List<String> barriers = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private String phase = "";
  private long phaseBegan;
  private int rewritten;
  private boolean bootable;
  private BadBlocks bad = new BadBlocks();

  /** Ends the phase before; a phase that comes twice is added up. */
  void begin(String next) {
    end();
    phase = next;
    phaseBegan = System.nanoTime();
  }

  void end() {
    if (!phase.isEmpty()) {
      phaseMillis.merge(phase, (System.nanoTime() - phaseBegan) / 1_000_000, Long::sum);
      phase = "";
    }
  }

  void barrier(String made) {
    barriers.add(made);
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  void rewrote(int chunks) {
    rewritten += chunks;
  }

  /** From here on the card's start may be the image's. */
  void nowBootable() {
    bootable = true;
  }

  boolean isBootable() {
    return bootable;
  }

  /** Takes the place of what was found before: the report is about the last reading. */
  void found(BadBlocks wrong) {
    bad = wrong;
  }

  BadBlocks bad() {
    return bad;
  }

  Map<String, Long> phaseMillis() {
    return phaseMillis;
  }

  List<String> barriers() {
    return barriers;
  }

  List<String> warnings() {
    return warnings;
  }

  int rewritten() {
    return rewritten;
  }
}
