package dev.wrtfarm.api.artifact;

import dev.wrtfarm.api.Farm;

/** The store's bucket, which the service makes when it already answers. */
public final class Bucket {
  private Bucket() {}

  public static void await(ObjectStore store) {
    Farm.eventually(
        "the bucket is there",
        () -> {
          try {
            store.list(Blobs.FOLDER, "", 1);
            return true;
          } catch (StoreUnavailable e) {
            return false;
          }
        });
  }
}
