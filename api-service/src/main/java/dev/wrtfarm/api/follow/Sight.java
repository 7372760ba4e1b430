package dev.wrtfarm.api.follow;

import dev.wrtfarm.api.log.LogPiece.Beyond;
import java.util.List;

/** What one look found, and what there is beyond it. */
public record Sight<T>(List<T> seen, Beyond beyond) {}
