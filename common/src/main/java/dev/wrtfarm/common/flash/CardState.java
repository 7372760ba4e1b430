package dev.wrtfarm.common.flash;

/** How far a card is trusted. Only a qualified one may be flashed unattended. */
public enum CardState {
  NEW,
  QUALIFIED,
  SUSPECT,
  QUARANTINED,
  RETIRED
}
