package dev.wrtfarm.worker.claim;

/** Hears how the worker comes by its builds. */
public interface Queueing {
  Queueing NOBODY =
      new Queueing() {
        @Override
        public void offer(OfferFate fate) {}

        @Override
        public void claim(ClaimAnswer answer) {}
      };

  /** What became of an offer; each is received first. */
  enum OfferFate {
    RECEIVED,
    ACCEPTED,
    RELEASED
  }

  /** What a question for a build brought. */
  enum ClaimAnswer {
    BUILD,
    NOTHING,
    UNREACHABLE
  }

  void offer(OfferFate fate);

  void claim(ClaimAnswer answer);
}
