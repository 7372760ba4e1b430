package dev.wrtfarm.api.lab;

/** An agent told what it has in front of it. Fired in the transaction. */
public record HostSeen(String host) {}
