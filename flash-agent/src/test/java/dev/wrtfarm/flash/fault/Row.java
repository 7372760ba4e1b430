package dev.wrtfarm.flash.fault;

import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.faultdisk.model.BlockModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A fault, and what each level says of it.
 *
 * @param before what is on the card
 */
record Row(
    String fault, Before before, Consumer<BlockModel.Builder> card, Map<Level, Expected> expected) {

  enum Before {
    OTHER_DATA,
    NOTHING,
    THE_SAME_IMAGE
  }

  /**
   * @param kinds among the mismatches that the report names
   */
  record Expected(Verdict verdict, List<MismatchKind> kinds) {}

  static Row of(String fault, Consumer<BlockModel.Builder> card) {
    return new Row(fault, Before.OTHER_DATA, card, Map.of());
  }

  Row before(Before other) {
    return new Row(fault, other, card, expected);
  }

  Row at(Level level, Verdict verdict, MismatchKind... kinds) {
    Map<Level, Expected> more = new EnumMap<>(Level.class);
    more.putAll(expected);
    more.put(level, new Expected(verdict, List.of(kinds)));
    return new Row(fault, before, card, more);
  }

  /** Quick, standard and thorough say the same. */
  Row always(Verdict verdict, MismatchKind... kinds) {
    return at(Level.QUICK, verdict, kinds)
        .at(Level.STANDARD, verdict, kinds)
        .at(Level.THOROUGH, verdict, kinds);
  }

  @Override
  public String toString() {
    return fault;
  }
}
