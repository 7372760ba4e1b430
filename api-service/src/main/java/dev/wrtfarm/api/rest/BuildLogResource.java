package dev.wrtfarm.api.rest;

import dev.wrtfarm.api.log.BuildLog;
import dev.wrtfarm.api.log.BuildLogs;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** A build's log as plain text, followed to its end if wished. */
@Path("/api/v2/builds/{id}/log")
public class BuildLogResource {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final BuildLogs logs;

  BuildLogResource(BuildLogs logs) {
    this.logs = logs;
  }

  /** Between two looks at the database a follower holds no thread. */
  @GET
  @Produces("text/plain;charset=UTF-8")
  @Blocking
  public Multi<byte[]> log(String id, @QueryParam("follow") @DefaultValue("false") boolean follow) {
    BuildLog log = logs.open(id);
    Multi<byte[]> pieces =
        Multi.createBy()
            .repeating()
            .uni(() -> next(log, follow))
            .until(Optional::isEmpty)
            .map(Optional::orElseThrow)
            .select()
            .where(piece -> piece.length > 0)
            .onTermination()
            .invoke(log::close);
    // An empty piece first: the caller gets its answer's head before there is any log.
    return Multi.createBy().concatenating().streams(Multi.createFrom().item(new byte[0]), pieces);
  }

  /** Empty: nothing more will come. */
  private static Uni<Optional<byte[]>> next(BuildLog log, boolean follow) {
    return Uni.createFrom()
        .item(() -> read(log))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .onItem()
        .transformToUni(piece -> next(piece, follow && !log.isEnded()));
  }

  private static Uni<Optional<byte[]>> next(byte[] piece, boolean moreMayCome) {
    if (piece.length > 0) {
      return Uni.createFrom().item(Optional.of(piece));
    }
    return moreMayCome
        ? Uni.createFrom().item(Optional.of(piece)).onItem().delayIt().by(PAUSE)
        : Uni.createFrom().item(Optional.empty());
  }

  private static byte[] read(BuildLog log) {
    try {
      return log.next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
