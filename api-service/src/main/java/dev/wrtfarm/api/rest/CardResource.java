package dev.wrtfarm.api.rest;

import dev.wrtfarm.api.flash.Cards;
import dev.wrtfarm.common.rest.CardView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cards: what is on each, and what happened to it. */
@Path("/api/v2/cards")
@Produces(MediaType.APPLICATION_JSON)
public class CardResource {
  private final Cards cards;

  CardResource(Cards cards) {
    this.cards = cards;
  }

  @GET
  public List<CardView> all(@QueryParam("limit") @Nullable String limit) {
    return cards.all(Limits.list(limit));
  }

  /** An id may have the path of a file in it. */
  @GET
  @Path("{id:.+}")
  public CardView card(String id) {
    return cards.view(id);
  }
}
