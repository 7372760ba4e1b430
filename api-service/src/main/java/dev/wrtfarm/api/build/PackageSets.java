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

  /** Until the transaction ends, the set stays: retention passes over a row that is held. */
  public void keep(PackageSet set) {
    while (!isHeld(set) && !isInserted(set)) {
      // Somebody else inserted it just now, or deleted it.
    }
  }

  private boolean isHeld(PackageSet set) {
    return !entities
        .createNativeQuery(
            "select digest from package_set where digest = :digest for key share", Object.class)
        .setParameter("digest", set.digest().hex())
        .getResultList()
        .isEmpty();
  }

  private boolean isInserted(PackageSet set) {
    return entities
            .createNativeQuery(
                """
                insert into package_set (digest, packages) values (:digest, cast(:packages as jsonb))
                on conflict do nothing
                """)
            .setParameter("digest", set.digest().hex())
            .setParameter("packages", text(set))
            .executeUpdate()
        > 0;
  }

  private String text(PackageSet set) {
    try {
      return json.writeValueAsString(set.packages());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a package set always has a JSON form", e);
    }
  }
}
