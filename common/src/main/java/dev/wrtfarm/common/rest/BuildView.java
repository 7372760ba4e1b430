package dev.wrtfarm.common.rest;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.recipe.Recipe;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A build as everyone sees it.
 *
 * @param profile the farm's profile and revision it came from, {@code id@revision}
 * @param archive the Image Builder's archive, known after the manifest stage
 * @param reusedFrom the build whose artifacts these are, when this one ended REUSED
 * @param stageMillis how long each stage of the last attempt took
 */
public record BuildView(
    String id,
    BuildState state,
    @Nullable Stage stage,
    int percent,
    String detail,
    @Nullable String profile,
    Recipe recipe,
    String recipeDigest,
    @Nullable String archive,
    @Nullable String archiveUrl,
    @Nullable String archiveSha256,
    @Nullable String packageSetDigest,
    @Nullable String imageId,
    @Nullable String reusedFrom,
    @Nullable Failure failure,
    List<AttemptView> attempts,
    List<ArtifactView> artifacts,
    Map<Stage, Long> stageMillis,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended) {}
