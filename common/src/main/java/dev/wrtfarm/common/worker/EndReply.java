package dev.wrtfarm.common.worker;

import dev.wrtfarm.common.build.BuildState;
import java.util.List;

/**
 * The answer to complete, fail and release.
 *
 * @param sendAgain digests that the store does not have; when not empty nothing has ended, and the
 *     worker asks for uploads again
 */
public record EndReply(BuildState state, List<String> sendAgain) {}
