package dev.wrtfarm.api.follow;

import dev.wrtfarm.api.build.BuildChanged;
import dev.wrtfarm.api.event.HeardOf;
import dev.wrtfarm.api.lease.StageReached;
import dev.wrtfarm.api.log.LogGrown;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;

/** Rings for followers: when this replica has committed something, or hears of another that has. */
@ApplicationScoped
class Ringer {
  private final Followers followers;

  Ringer(Followers followers) {
    this.followers = followers;
  }

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) BuildChanged change) {
    followers.ring(change.build());
  }

  void stage(@Observes(during = TransactionPhase.AFTER_SUCCESS) StageReached reached) {
    followers.ring(reached.build());
  }

  void log(@Observes(during = TransactionPhase.AFTER_SUCCESS) LogGrown grown) {
    followers.ring(grown.build());
  }

  void heard(@Observes HeardOf other) {
    followers.ring(other.build());
  }
}
