package dev.wrtfarm.common.build;

import static dev.wrtfarm.common.build.FailureClass.INFRASTRUCTURE;
import static dev.wrtfarm.common.build.FailureClass.UPSTREAM;
import static dev.wrtfarm.common.build.FailureClass.USER;

/** Why a build failed, each with the class it belongs to and what a person can do. */
public enum FailureReason {
  RELEASE_UNKNOWN(USER, "ask for a release and target that the download server has"),
  PROFILE_UNKNOWN(USER, "ask for a profile that this target has"),
  PACKAGE_MISSING(USER, "check the package's name for this release, or leave it out"),
  DEPENDENCY_MISSING(USER, "leave out the package that needs it, or add a feed that has it"),
  PACKAGE_CONFLICT(USER, "leave out one of the packages that conflict"),
  FILE_CLASH(USER, "leave out one of the packages that bring the same file"),
  PACKAGE_SCRIPT_FAILED(USER, "leave out the package whose script fails"),
  IMAGE_TOO_BIG(USER, "leave out packages until the image fits the device's flash"),
  ROOTFS_FULL(USER, "ask for a larger root file system (rootfsMib), or leave out packages"),
  FILESYSTEM_UNKNOWN(USER, "ask for a file system that this profile has images for"),
  OUTPUT_REFUSED(USER, "leave out the package whose script writes into the folder of the images"),

  UPSTREAM_UNREACHABLE(UPSTREAM, "the build is tried again; look at the download server"),
  UPSTREAM_INCOMPLETE(UPSTREAM, "the build is tried again; upstream may be in mid-update"),
  SIGNATURE_INVALID(UPSTREAM, "do not trust this download server until its keys are checked"),
  HASH_MISMATCH(UPSTREAM, "the build is tried again; upstream may be in mid-update"),
  FEED_UNREACHABLE(UPSTREAM, "the build is tried again; look at the package feed"),
  PACKAGE_CORRUPT(UPSTREAM, "the build is tried again; upstream may be in mid-update"),

  DISK_FULL(INFRASTRUCTURE, "free disk space on the worker"),
  HOST_TOOL_MISSING(INFRASTRUCTURE, "run 'wrtfarm doctor' on the worker's host"),
  KILLED(INFRASTRUCTURE, "the build is tried again; look at the worker's memory"),
  TIMED_OUT(INFRASTRUCTURE, "the build is tried again; raise the worker's time limit"),
  SANDBOX_FAILED(INFRASTRUCTURE, "run 'wrtfarm doctor' on the worker's host"),
  STORE_FAILED(INFRASTRUCTURE, "look at the object store"),
  WORKER_LOST(INFRASTRUCTURE, "look at the workers: three of them died in this build"),
  UNKNOWN(INFRASTRUCTURE, "read the end of the log");

  private final FailureClass failureClass;
  private final String remedy;

  FailureReason(FailureClass failureClass, String remedy) {
    this.failureClass = failureClass;
    this.remedy = remedy;
  }

  public FailureClass failureClass() {
    return failureClass;
  }

  public String remedy() {
    return remedy;
  }
}
