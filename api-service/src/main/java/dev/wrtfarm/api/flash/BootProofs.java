package dev.wrtfarm.api.flash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.common.flash.BootProof;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.rest.BootReport;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.value.InvalidValue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.regex.Pattern;

/** What a device says that was booted from a flashed card: the last thing that can be wrong. */
@ApplicationScoped
public class BootProofs {
  private static final String FIELD = "build";
  private static final Pattern IMAGE_ID = Pattern.compile("[0-9a-f]{16}");

  private final FlashJobs jobs;
  private final FlashViews views;
  private final ObjectMapper json;

  BootProofs(FlashJobs jobs, FlashViews views, ObjectMapper json) {
    this.jobs = jobs;
    this.views = views;
    this.json = json;
  }

  /** Compares the device's image id with the one that was flashed. The newest report counts. */
  @Transactional
  public FlashView report(String id, BootReport report) {
    FlashJob job = jobs.lockExisting(id);
    if (job.state != FlashState.PASSED || job.isReadOnly()) {
      throw new StateRefused(
          "flash job %s is %s %s: a boot proves something for a PASSED FLASH only"
              .formatted(id, job.kind, job.state));
    }
    if (job.imageId == null) {
      throw new StateRefused(
          "the image of flash job %s is not the farm's: it carries no image id".formatted(id));
    }
    String booted = imageId(report.build());
    BootProof proof = booted.equals(job.imageId) ? BootProof.BOOTED : BootProof.GHOST;
    jobs.getSession()
        .createNativeMutationQuery(
            """
            update flash_job set proof = :proof, proof_image_id = :booted
            where id = :id and state = 'PASSED'
            """)
        .setParameter("proof", proof.name())
        .setParameter("booted", booted)
        .setParameter("id", id)
        .executeUpdate();
    return views.view(id);
  }

  private String imageId(String text) {
    try {
      JsonNode tree = json.readTree(text);
      String found = tree == null ? "" : tree.path("imageId").asText("");
      if (IMAGE_ID.matcher(found).matches()) {
        return found;
      }
    } catch (JsonProcessingException e) {
      // As below.
    }
    throw new InvalidValue(
        FIELD, text, "give the text of the device's /etc/wrtfarm-build.json, with its imageId");
  }
}
