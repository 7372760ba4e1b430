package dev.wrtfarm.api.agent;

import dev.wrtfarm.api.flashlease.AgentWaits;
import dev.wrtfarm.api.flashlease.FlashLeases;
import dev.wrtfarm.api.flashlease.ToldChanges;
import dev.wrtfarm.api.lab.Calls;
import dev.wrtfarm.api.lab.Inventories;
import dev.wrtfarm.api.lab.Journals;
import dev.wrtfarm.common.agent.FlashClaim;
import dev.wrtfarm.common.agent.FlashProgress;
import dev.wrtfarm.common.agent.FlashWork;
import dev.wrtfarm.common.agent.Inventory;
import dev.wrtfarm.common.agent.InventoryReply;
import dev.wrtfarm.common.agent.JournalLines;
import dev.wrtfarm.common.agent.Transition;
import dev.wrtfarm.common.agent.TransitionReply;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** What flash agents say and ask. Only an explicit 409 makes one drop a job. */
@Path("/api/agent/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AgentResource {
  private final Inventories inventories;
  private final Journals journals;
  private final Calls calls;
  private final AgentWaits waits;
  private final FlashLeases leases;
  private final ToldChanges changes;

  AgentResource(
      Inventories inventories,
      Journals journals,
      Calls calls,
      AgentWaits waits,
      FlashLeases leases,
      ToldChanges changes) {
    this.inventories = inventories;
    this.journals = journals;
    this.calls = calls;
    this.waits = waits;
    this.leases = leases;
    this.changes = changes;
  }

  @POST
  @Path("inventory")
  public InventoryReply inventory(Inventory inventory) {
    inventories.take(inventory);
    return new InventoryReply(journals.next(inventory.host()));
  }

  /** Waits for work without a thread. */
  @POST
  @Path("claim")
  public Uni<RestResponse<FlashWork>> claim(FlashClaim asked) {
    return waits
        .claim(asked)
        .map(found ->
            found
                .<RestResponse<FlashWork>>map(RestResponse::ok)
                .orElseGet(RestResponse::noContent));
  }

  @POST
  @Path("progress")
  public TransitionReply progress(FlashProgress told) {
    TransitionReply reply = leases.progress(told);
    calls.seenWith(told.lease().job());
    return reply;
  }

  @POST
  @Path("transition")
  public TransitionReply transition(Transition told) {
    return changes.tell(told);
  }

  @POST
  @Path("journal")
  public InventoryReply journal(JournalLines lines) {
    return new InventoryReply(journals.add(lines));
  }
}
