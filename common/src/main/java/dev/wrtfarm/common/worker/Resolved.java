package dev.wrtfarm.common.worker;

import dev.wrtfarm.common.recipe.ResolvedPackage;
import java.util.List;

/**
 * What the recipe turned into, reported after the manifest stage.
 *
 * @param archive the file name of the Image Builder's archive
 * @param archiveUrl where it came from
 */
public record Resolved(
    Lease lease,
    String archive,
    String archiveUrl,
    String archiveSha256,
    List<ResolvedPackage> packages) {}
