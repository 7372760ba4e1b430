package dev.wrtfarm.api.flash;

/** There is a new job for this host. Fired in the transaction. */
public record FlashRequested(String host) {}
