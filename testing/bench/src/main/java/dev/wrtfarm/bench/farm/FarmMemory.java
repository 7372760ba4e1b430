package dev.wrtfarm.bench.farm;

import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.process.BareJvm;
import dev.wrtfarm.bench.process.Memory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Memory of each program of a running farm, with the processes below it. */
public final class FarmMemory {
  private static final String STACK = "stack";
  private static final String PSS = ", Pss";
  private static final String RSS = ", RSS";

  private FarmMemory() {}

  public static void reference(Measurements into, Memory bare) {
    add(into, BareJvm.NAME, bare, null);
  }

  /**
   * Adds the farm's figures.
   *
   * @param state what the farm has done before, as it stands in the figures' names
   */
  public static void measure(Measurements into, BenchFarm farm, String state) {
    Memory whole = Memory.NONE;
    for (Map.Entry<String, Memory> each : of(FarmFile.read(farm.data())).entrySet()) {
      add(into, each.getKey() + state, each.getValue(), BareJvm.NAME);
      whole = whole.plus(each.getValue());
    }
    add(into, "whole farm" + state, whole, BareJvm.NAME);
  }

  private static Map<String, Memory> of(FarmFile farm) {
    Map<String, Memory> all = new LinkedHashMap<>();
    all.put("launcher", Memory.of(farm.launcher()));
    farm.programs()
        .forEach((name, pid) -> {
          // PostgreSQL is a family of processes below the stack.
          all.put(name.equals(STACK) ? "stack (Kafka, S3)" : name, Memory.of(pid));
          if (name.equals(STACK)) {
            all.put("stack (PostgreSQL)", below(pid));
          }
        });
    return all;
  }

  private static Memory below(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .map(each -> Memory.ofIfThere(each.pid()))
        .reduce(Memory.NONE, Memory::plus);
  }

  private static void add(
      Measurements into, String name, Memory memory, @Nullable String reference) {
    into.bytes(name + PSS, memory.pss(), reference == null ? null : reference + PSS);
    into.bytes(name + RSS, memory.rss(), reference == null ? null : reference + RSS);
  }
}
