package dev.wrtfarm.flash.mark;

/**
 * A mark that was found whole.
 *
 * @param number of the block that it was written to
 * @param ours whether this run wrote it; otherwise an earlier one did
 */
public record Mark(MarkKind kind, long number, boolean ours) {}
