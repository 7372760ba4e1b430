package dev.wrtfarm.api.rest;

import dev.wrtfarm.api.figure.FarmFigures;
import dev.wrtfarm.common.rest.FarmView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The queue, and who works on it. */
@Path("/api/v2/status")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
  private final FarmFigures figures;

  StatusResource(FarmFigures figures) {
    this.figures = figures;
  }

  @GET
  public FarmView status() {
    return figures.view();
  }
}
