package dev.wrtfarm.flash.card;

import dev.wrtfarm.flash.journal.Entry;
import dev.wrtfarm.flash.journal.JournalRecord;
import dev.wrtfarm.flash.journal.JournalRecord.CardMarked;
import dev.wrtfarm.flash.journal.JournalRecord.Ended;
import dev.wrtfarm.flash.journal.JournalRecord.Intent;
import dev.wrtfarm.flash.journal.JournalRecord.Interrupted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All cards and slots of this host, as the journal's lines tell of them. */
public final class CardBook implements Consumer<Entry> {
  private final Map<String, CardHistory> cards = new TreeMap<>();
  private final Map<String, SlotHistory> slots = new HashMap<>();
  private final Map<String, String> cardOfJob = new HashMap<>();

  @Override
  public synchronized void accept(Entry entry) {
    if (entry.what().isEmpty()) {
      return;
    }
    JournalRecord what = entry.what().get();
    if (what instanceof Intent intent) {
      cardOfJob.put(intent.job(), intent.card());
    } else if (what instanceof Ended ended) {
      cardOfJob.remove(ended.job());
      history(ended.card()).ended(ended, entry.at());
      slots.computeIfAbsent(ended.slot(), slot -> new SlotHistory()).ended(ended);
    } else if (what instanceof Interrupted interrupted) {
      String card = cardOfJob.get(interrupted.job());
      if (card != null) {
        history(card).interrupted();
      }
    } else if (what instanceof CardMarked mark) {
      history(mark.card()).marked(mark);
    }
  }

  /** A card that was never worked on is new. */
  public synchronized CardRecord card(String id) {
    CardHistory known = cards.get(id);
    return (known == null ? new CardHistory(id) : known).record();
  }

  public synchronized List<CardRecord> cards() {
    return cards.values().stream().map(CardHistory::record).toList();
  }

  /** 100 for a slot that nothing speaks against. */
  public synchronized int slotScore(String slot) {
    SlotHistory known = slots.get(slot);
    return known == null ? 100 : known.score();
  }

  private CardHistory history(String id) {
    return cards.computeIfAbsent(id, CardHistory::new);
  }
}
