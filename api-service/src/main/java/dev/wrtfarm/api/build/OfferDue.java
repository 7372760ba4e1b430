package dev.wrtfarm.api.build;

/** An offer became due in this transaction: the relay need not wait for its next tick. */
record OfferDue() {}
