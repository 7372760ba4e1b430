package dev.wrtfarm.api.offer;

/** The relay sent offers; so many of them the broker did not acknowledge. */
public record OffersSent(int acknowledged, int failed) {}
