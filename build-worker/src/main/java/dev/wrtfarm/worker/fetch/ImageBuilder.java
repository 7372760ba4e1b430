package dev.wrtfarm.worker.fetch;

import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.worker.profile.ProfilesJson;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The Image Builder that a recipe's release and target name, as upstream signs it today.
 *
 * @param archive the archive's file name
 * @param published the profile's images as upstream lists them; absent when upstream has no list
 */
public record ImageBuilder(
    String archive, URI uri, Sha256 sha256, Optional<List<ProfilesJson.Image>> published) {}
