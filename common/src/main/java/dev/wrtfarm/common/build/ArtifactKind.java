package dev.wrtfarm.common.build;

/** What a file of a build is. */
public enum ArtifactKind {
  IMAGE,
  MANIFEST,
  /** The output's own {@code profiles.json}. */
  PROFILES,
  /** Anything else that the Image Builder made: root file system archive, kernel, BOM. */
  OTHER,
  LOG
}
