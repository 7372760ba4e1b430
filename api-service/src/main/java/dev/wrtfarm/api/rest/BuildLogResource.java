package dev.wrtfarm.api.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrtfarm.api.follow.BuildFollowers;
import dev.wrtfarm.api.log.BuildLogs;
import dev.wrtfarm.api.log.LogPiece;
import dev.wrtfarm.api.log.LogPiece.Beyond;
import dev.wrtfarm.api.log.LogPlace;
import dev.wrtfarm.common.value.InvalidValue;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** A build's log as plain text, followed to its end if wished. */
@Path("/api/v2/builds/{id}/log")
public class BuildLogResource {
  private static final byte[] NOTHING = {};

  private final BuildLogs logs;
  private final BuildFollowers followers;

  BuildLogResource(BuildLogs logs, BuildFollowers followers) {
    this.logs = logs;
    this.followers = followers;
  }

  @GET
  @Produces("text/plain;charset=UTF-8")
  @Blocking
  public Multi<byte[]> log(
      String id,
      @Parameter(schema = @Schema(type = SchemaType.BOOLEAN))
          @QueryParam("follow")
          @DefaultValue("false")
          String follow) {
    return switch (follow) {
      case "true" -> followed(id);
      case "false" -> soFar(id);
      // Whoever meant to follow would take half of a log for all of it.
      default -> throw new InvalidValue("follow", follow, "give true or false");
    };
  }

  private Multi<byte[]> followed(String id) {
    Multi<byte[]> text = followers.followLog(id).map(each -> each.getBytes(UTF_8));
    // Nothing at first: the caller gets its answer's head before there is any log.
    return Multi.createBy().concatenating().streams(Multi.createFrom().item(NOTHING), text);
  }

  /** The first piece is read before the answer begins: what is wrong then can still be told. */
  private Multi<byte[]> soFar(String id) {
    LogPiece first = logs.read(id, LogPlace.START);
    Multi<LogPiece> pieces = Multi.createFrom().item(first);
    return (hasMore(first)
            ? Multi.createBy().concatenating().streams(pieces, rest(id, first.next()))
            : pieces)
        .map(piece -> piece.text().getBytes(UTF_8));
  }

  private Multi<LogPiece> rest(String id, LogPlace from) {
    AtomicReference<LogPlace> place = new AtomicReference<>(from);
    return Multi.createBy()
        .repeating()
        .uni(() ->
            Uni.createFrom()
                .item(() -> logs.read(id, Objects.requireNonNull(place.get())))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .invoke(piece -> place.set(piece.next())))
        .whilst(BuildLogResource::hasMore);
  }

  private static boolean hasMore(LogPiece piece) {
    return piece.beyond() == Beyond.MORE;
  }
}
