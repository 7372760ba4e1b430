package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.cli.problem.FarmUnreachable;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.rest.ConfirmFlash;
import dev.wrtfarm.common.rest.FlashView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches flash jobs, each until it settles; confirms plans, or lets them be. An API that is away
 * for a while does not end the watch.
 */
final class JobsFollower {
  private static final Duration POLL = Duration.ofMillis(300);
  private static final Duration POLL_UNANSWERED = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final FlashApi api;
  private final JobsReport report;
  private final Confirmation confirmation;
  private final Map<String, FlashView> jobs = new LinkedHashMap<>();
  private final Set<String> over = new HashSet<>();

  JobsFollower(FlashApi api, JobsReport report, Confirmation confirmation) {
    this.api = api;
    this.report = report;
    this.confirmation = confirmation;
  }

  /** The jobs as they are in the end: settled, or planned and left so. */
  List<FlashView> untilSettled(Collection<FlashView> first) throws InterruptedException {
    first.forEach(job -> jobs.put(job.id(), job));
    Instant answered = Instant.now();
    for (boolean known = true; ; known = false) {
      try {
        if (!known) {
          look();
          answered = Instant.now();
        }
        settle();
      } catch (FarmUnreachable | CommandFailed e) {
        if (isFinal(e) || Instant.now().isAfter(answered.plus(PATIENCE))) {
          throw e;
        }
        report.unanswered(String.valueOf(e.getMessage()));
        Thread.sleep(POLL_UNANSWERED);
      }
      if (over.size() == jobs.size()) {
        return List.copyOf(jobs.values());
      }
      Thread.sleep(POLL);
    }
  }

  private static boolean isFinal(RuntimeException e) {
    return e instanceof CommandFailed failed && failed.exitCode() != ExitCode.UNAVAILABLE.code();
  }

  private void settle() throws InterruptedException {
    report.seen(List.copyOf(jobs.values()));
    for (FlashView job : List.copyOf(jobs.values())) {
      if (over.contains(job.id())) {
        continue;
      }
      if (FlashWords.isSettled(job)) {
        over.add(job.id());
        report.settled(job);
      } else if (job.state() == FlashState.PLANNED && job.plan() != null) {
        decide(job, job.plan());
      }
    }
  }

  private void decide(FlashView job, FlashPlan plan) throws InterruptedException {
    report.planned(job);
    switch (confirmation.of(job)) {
      case CONFIRM -> jobs.put(job.id(), confirmed(job, plan));
      case CANCEL -> {
        jobs.put(job.id(), api.cancel(job.id()));
        over.add(job.id());
      }
      case LEAVE -> over.add(job.id());
    }
  }

  /** While somebody was thinking, the plan may have run out: the job itself says so. */
  private FlashView confirmed(FlashView job, FlashPlan plan) throws InterruptedException {
    try {
      return api.confirm(job.id(), new ConfirmFlash(job.slot(), plan.token()));
    } catch (CommandFailed e) {
      FlashView now = api.job(job.id());
      if (now.state() != FlashState.PLANNED) {
        return now;
      }
      throw e;
    }
  }

  private void look() throws InterruptedException {
    for (String id : List.copyOf(jobs.keySet())) {
      if (!over.contains(id)) {
        jobs.put(id, api.job(id));
      }
    }
  }
}
