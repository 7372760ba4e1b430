package dev.wrtfarm.worker.classify;

import static dev.wrtfarm.common.build.FailureReason.DEPENDENCY_MISSING;
import static dev.wrtfarm.common.build.FailureReason.DISK_FULL;
import static dev.wrtfarm.common.build.FailureReason.FEED_UNREACHABLE;
import static dev.wrtfarm.common.build.FailureReason.FILE_CLASH;
import static dev.wrtfarm.common.build.FailureReason.HOST_TOOL_MISSING;
import static dev.wrtfarm.common.build.FailureReason.IMAGE_TOO_BIG;
import static dev.wrtfarm.common.build.FailureReason.KILLED;
import static dev.wrtfarm.common.build.FailureReason.PACKAGE_CONFLICT;
import static dev.wrtfarm.common.build.FailureReason.PACKAGE_CORRUPT;
import static dev.wrtfarm.common.build.FailureReason.PACKAGE_MISSING;
import static dev.wrtfarm.common.build.FailureReason.PACKAGE_SCRIPT_FAILED;
import static dev.wrtfarm.common.build.FailureReason.PROFILE_UNKNOWN;
import static dev.wrtfarm.common.build.FailureReason.ROOTFS_FULL;
import static dev.wrtfarm.common.build.FailureReason.SANDBOX_FAILED;
import static dev.wrtfarm.common.build.FailureReason.SIGNATURE_INVALID;
import static dev.wrtfarm.common.build.FailureReason.UNKNOWN;
import static dev.wrtfarm.common.build.FailureReason.UPSTREAM_INCOMPLETE;

import java.util.List;

/**
 * The texts, as opkg (up to 24.10) and apk (from 25.12) write them. The first rule that matches
 * wins, so causes come before what follows from them: a feed that is away makes packages look
 * missing, a full disk makes anything look broken.
 */
final class Rules {
  private static final String URL = "(https?://\\S{1,500})";

  /** A feed or the download server did not deliver. */
  static final List<Rule> UPSTREAM =
      List.of(
          Rule.of(
              FEED_UNREACHABLE,
              "Failed to download the package list from " + URL,
              "{1} could not be fetched"),
          Rule.of(
              FEED_UNREACHABLE,
              "updating and opening " + URL + ": unexpected end of file",
              "{1} could not be fetched"),
          Rule.of(
              SIGNATURE_INVALID,
              "^Downloading " + URL + "\\nSignature check failed",
              "{1} is not signed by a key that the Image Builder trusts"),
          Rule.of(
              SIGNATURE_INVALID,
              "^Signature check failed",
              "a feed's index is not signed by a key that the Image Builder trusts"),
          Rule.of(
              SIGNATURE_INVALID,
              URL + ": UNTRUSTED signature",
              "{1} is not signed by a key that the Image Builder trusts"),
          Rule.of(
              UPSTREAM_INCOMPLETE,
              "opkg_download: Failed to download " + URL + ", wget returned 8",
              "{1} is in its feed's index but not on the server"),
          Rule.of(
              FEED_UNREACHABLE,
              "opkg_download: Failed to download " + URL + ", wget returned \\d+",
              "{1} could not be fetched"),
          Rule.of(
              UPSTREAM_INCOMPLETE,
              "wget: exited with error 8\\nERROR: (\\S+): ",
              "package {1} is in its feed's index but not on the server"),
          Rule.of(
              FEED_UNREACHABLE,
              "wget: exited with error \\d+\\nERROR: (\\S+): ",
              "package {1} could not be fetched"),
          Rule.of(
              FEED_UNREACHABLE,
              "wget: exited with error (\\d+)",
              "a feed could not be fetched (wget error {1})"),
          Rule.of(
              PACKAGE_CORRUPT,
              "Checksum or size mismatch for package (\\S+?)\\.(?:\\s|$)",
              "package {1} is not what its feed's index says"),
          Rule.of(
              PACKAGE_CORRUPT,
              "ERROR: (\\S{1,300}): failed to extract \\S{1,300}: (?:Software caused connection abort|ADB)",
              "package {1} is damaged"),
          Rule.of(
              PACKAGE_CORRUPT,
              "(?:ERROR|WARNING): (\\S{1,300}): .{0,500}ADB integrity error",
              "{1} is damaged"),
          Rule.of(
              UPSTREAM_INCOMPLETE,
              "Cannot satisfy the following dependencies for (\\S+):\\s+\\*?\\s*kernel \\(=",
              "package {1} is for another kernel than this Image Builder's"));

  /** The farm's own fault. */
  static final List<Rule> INFRASTRUCTURE =
      List.of(
          Rule.of(DISK_FULL, "(No space left on device)", "the worker's disk is full"),
          Rule.of(SANDBOX_FAILED, "^bwrap: (.*)$", "bubblewrap: {1}"),
          Rule.of(
              SANDBOX_FAILED,
              "failed to preserve (\\S+): owner",
              "fakeroot does not work in the sandbox ({1})"),
          Rule.of(
              HOST_TOOL_MISSING,
              "^Build dependency: (.*)$",
              "the Image Builder misses on this host: {1*}"),
          Rule.of(
              HOST_TOOL_MISSING,
              "(Prerequisite check failed)",
              "the Image Builder's check of this host failed"),
          Rule.of(
              KILLED,
              "^make.*\\] (Killed|Terminated|Bus error|Segmentation fault)",
              "a program of the run ended: {1}"),
          Rule.of(
              KILLED,
              "(Cannot allocate memory|virtual memory exhausted|^MemoryError)",
              "a program of the run had no more memory"),
          Rule.of(
              UNKNOWN,
              "Failed to extract data files for (\\S+?)\\. ",
              "package {1} could not be extracted"));

  /** The request cannot be built as it is. */
  static final List<Rule> USER =
      List.of(
          Rule.of(
              PROFILE_UNKNOWN,
              "^Profile \"(.*)\" does not exist!",
              "the Image Builder has no profile '{1}'"),
          Rule.of(
              FILE_CLASH,
              "Package (\\S+) wants to install file (\\S+)\\s+But that file is already provided by package\\s+\\*? ?(\\S+)",
              "packages {3} and {1} both bring {2 file}"),
          Rule.of(
              FILE_CLASH,
              "ERROR: (\\S+): trying to overwrite (\\S+) owned by (\\S+?)\\.?$",
              "packages {3} and {1} both bring {2}"),
          Rule.of(
              PACKAGE_CONFLICT,
              "The following packages conflict with (\\S+):\\s+\\*? *(\\S+)",
              "packages {1} and {2} conflict"),
          Rule.of(
              PACKAGE_CONFLICT,
              "^ +(\\S+):\\n +conflicts: ([^\\[\\s]+)",
              "packages {1} and {2} conflict"),
          Rule.of(
              PACKAGE_CONFLICT, "^ +(\\S+):\\n +breaks: (\\S+)", "package {1} does not fit {2}"),
          Rule.of(
              DEPENDENCY_MISSING,
              "cannot find dependency (\\S+) for (\\S+)",
              "package {2} needs {1}, which no feed has"),
          Rule.of(
              DEPENDENCY_MISSING,
              "Cannot satisfy the following dependencies for (\\S+):\\s+\\*?\\s*(.+?) *\\*?$",
              "package {1} needs {2}, which no feed has"),
          Rule.of(
              PACKAGE_MISSING,
              "^ +(\\S+) \\(no such package\\):\\n +required by: world\\[",
              "no feed has {1*}"),
          Rule.of(
              DEPENDENCY_MISSING,
              "^ +(\\S+) \\(no such package\\):\\n +required by: (\\S+?)\\[",
              "package {2} needs {1}, which no feed has"),
          Rule.of(
              PACKAGE_SCRIPT_FAILED,
              "package \"(\\S+)\" (\\S+) script returned status (\\d+)",
              "the {2} script of package {1} ended with status {3}"),
          Rule.of(
              PACKAGE_SCRIPT_FAILED,
              "^(\\S+) script \\S*/(\\S+?)\\.X[0-9a-f]+\\.\\S+ has failed with exit code (\\d+)",
              "the {1} script of package {2} ended with status {3}"),
          Rule.of(
              ROOTFS_FULL,
              "failed to allocate (\\d+) blocks, out of space\\?",
              "the root file system is full: {1} blocks more are needed"),
          Rule.of(
              PACKAGE_MISSING,
              "opkg_install_cmd: Cannot install package (\\S+)\\.$",
              "no feed has {1*}"));

  /** Said by a run that ends well. */
  static final List<Rule> TOO_BIG =
      List.of(
          Rule.of(
              IMAGE_TOO_BIG,
              "Image file (\\S+) is too big: (\\d+) > (\\d+)",
              "{1 file} has {2 size}, but the device takes {3 size}"),
          Rule.of(
              IMAGE_TOO_BIG,
              "images are too big by (\\d+) bytes",
              "an image is {1 size} larger than the device takes"));

  private Rules() {}
}
