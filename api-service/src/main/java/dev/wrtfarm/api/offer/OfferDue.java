package dev.wrtfarm.api.offer;

/** An offer became due in this transaction: the relay need not wait for its next tick. */
public record OfferDue() {}
