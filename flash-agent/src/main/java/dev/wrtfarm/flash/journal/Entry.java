package dev.wrtfarm.flash.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of the journal.
 *
 * @param n its sequence number, from 1 on
 * @param what empty when only a newer agent could read it
 * @param line as it is in the file, without its end
 */
public record Entry(long n, Instant at, Optional<JournalRecord> what, String line) {}
