package dev.wrtfarm.api.walk;

import dev.wrtfarm.api.lease.Claims;
import dev.wrtfarm.api.lease.Completion;
import dev.wrtfarm.api.lease.Failing;
import dev.wrtfarm.api.lease.Leases;
import dev.wrtfarm.api.lease.LogIntake;
import dev.wrtfarm.api.lease.Releases;
import dev.wrtfarm.api.lease.Resolution;
import dev.wrtfarm.api.submission.Requests;
import dev.wrtfarm.api.submission.Submissions;
import jakarta.inject.Singleton;

/** What callers and workers can do to the farm. */
@Singleton
public class Protocol {
  final Submissions submissions;
  final Requests requests;
  final Claims claims;
  final Leases leases;
  final Resolution resolution;
  final LogIntake log;
  final Completion completion;
  final Failing failing;
  final Releases releases;

  Protocol(
      Submissions submissions,
      Requests requests,
      Claims claims,
      Leases leases,
      Resolution resolution,
      LogIntake log,
      Completion completion,
      Failing failing,
      Releases releases) {
    this.submissions = submissions;
    this.requests = requests;
    this.claims = claims;
    this.leases = leases;
    this.resolution = resolution;
    this.log = log;
    this.completion = completion;
    this.failing = failing;
    this.releases = releases;
  }
}
