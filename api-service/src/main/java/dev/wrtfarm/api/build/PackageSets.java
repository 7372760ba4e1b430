package dev.wrtfarm.api.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.common.recipe.PackageSet;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.Session;

/** Resolved package sets, each stored once. */
@ApplicationScoped
public class PackageSets {
  private final Session entities;
  private final ObjectMapper json;

  PackageSets(Session entities, ObjectMapper json) {
    this.entities = entities;
    this.json = json;
  }

  public void keep(PackageSet set) {
    entities
        .createNativeQuery(
            """
            insert into package_set (digest, packages) values (:digest, cast(:packages as jsonb))
            on conflict do nothing
            """)
        .setParameter("digest", set.digest().hex())
        .setParameter("packages", text(set))
        .executeUpdate();
  }

  private String text(PackageSet set) {
    try {
      return json.writeValueAsString(set.packages());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a package set always has a JSON form", e);
    }
  }
}
