package dev.wrtfarm.api.rest;

import dev.wrtfarm.api.profile.Profiles;
import dev.wrtfarm.common.rest.ProfileView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The farm's profiles. */
@Path("/api/v2/profiles")
@Produces(MediaType.APPLICATION_JSON)
public class ProfileResource {
  private final Profiles profiles;

  ProfileResource(Profiles profiles) {
    this.profiles = profiles;
  }

  @GET
  public List<ProfileView> profiles() {
    return profiles.latest();
  }

  @GET
  @Path("{id}")
  public ProfileView profile(String id) {
    return profiles.named(id);
  }
}
