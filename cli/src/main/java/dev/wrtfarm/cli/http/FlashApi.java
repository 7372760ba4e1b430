package dev.wrtfarm.cli.http;

import dev.wrtfarm.common.rest.BootReport;
import dev.wrtfarm.common.rest.CardView;
import dev.wrtfarm.common.rest.ConfirmFlash;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.HostView;
import dev.wrtfarm.common.rest.RecheckFlash;
import dev.wrtfarm.common.rest.ResolveFlash;
import dev.wrtfarm.common.rest.SubmitFlash;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.UUID;

/** The calls of {@code /api/v2} about flash jobs, lab hosts and cards. */
public final class FlashApi {
  private static final String JOBS = "/flash-jobs";

  private final FarmApi api;

  public FlashApi(FarmApi api) {
    this.api = api;
  }

  /** A job for each target, in their order. */
  public List<FlashView> submit(SubmitFlash wish) throws InterruptedException {
    String key = UUID.randomUUID().toString();
    return List.of(
        api.read(
            JOBS,
            request -> FarmApi.posted(request, wish).header(Replicas.KEY, key),
            FlashView[].class));
  }

  public FlashView job(String id) throws InterruptedException {
    return api.read(of(id), FlashView.class);
  }

  /** The newest first. */
  public List<FlashView> jobs(int limit) throws InterruptedException {
    return List.of(api.read(JOBS + "?limit=" + limit, FlashView[].class));
  }

  public FlashView confirm(String id, ConfirmFlash confirmation) throws InterruptedException {
    return post(of(id) + "/confirm", confirmation);
  }

  public FlashView resolve(String id, ResolveFlash finding) throws InterruptedException {
    return post(of(id) + "/resolve", finding);
  }

  public FlashView booted(String id, BootReport report) throws InterruptedException {
    return post(of(id) + "/boot", report);
  }

  /** A new job, which only reads. */
  public FlashView recheck(String id, RecheckFlash wish) throws InterruptedException {
    return post(of(id) + "/recheck", wish);
  }

  /** The job as it is then; one that writes stops a moment later. */
  public FlashView cancel(String id) throws InterruptedException {
    return api.read(of(id), HttpRequest.Builder::DELETE, FlashView.class);
  }

  public List<HostView> hosts() throws InterruptedException {
    return List.of(api.read("/hosts", HostView[].class));
  }

  public HostView host(String name) throws InterruptedException {
    return api.read("/hosts/" + FarmApi.encoded(name), HostView.class);
  }

  public List<CardView> cards() throws InterruptedException {
    return List.of(api.read("/cards", CardView[].class));
  }

  public CardView card(String id) throws InterruptedException {
    return api.read("/cards/" + FarmApi.encoded(id), CardView.class);
  }

  private FlashView post(String path, Object body) throws InterruptedException {
    return api.read(path, request -> FarmApi.posted(request, body), FlashView.class);
  }

  private static String of(String job) {
    return JOBS + "/" + FarmApi.encoded(job);
  }
}
