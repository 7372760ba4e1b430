package dev.wrtfarm.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The worker's configuration keys and their defaults. */
final class Settings {
  private Settings() {}

  /** {@code wrtfarm.api.*}: the farm. */
  @ConfigMapping(prefix = "wrtfarm.api")
  interface Api {
    /** URLs of the API's replicas. */
    @WithDefault("http://127.0.0.1:8780")
    List<URI> urls();

    /** File with the worker token, readable by the worker alone. */
    Path tokenFile();
  }

  /** {@code wrtfarm.worker.*}: this worker. */
  @ConfigMapping(prefix = "wrtfarm.worker")
  interface Worker {
    /** Its name in the farm; the host's name and the process id when absent. */
    Optional<String> id();

    /** Builds at a time. */
    @WithDefault("1")
    int slots();

    /** Folder of caches and scratch space; workers of one user may share it. */
    Path data();

    @WithDefault("10s")
    Duration heartbeat();

    /** How often an idle worker asks although nobody offered anything. */
    @WithDefault("5s")
    Duration idlePoll();

    /**
     * How long builds may go on after the worker was told to stop; what has not ended by then goes
     * back to the farm.
     */
    @WithDefault("0s")
    Duration drain();

    /** Whether to take offers from Kafka; without them the worker only asks. */
    @WithDefault("true")
    boolean kafka();

    /** Bytes of extracted Image Builders to keep. */
    @WithDefault("5368709120")
    long treeCache();

    /** Bytes of package files to keep. */
    @WithDefault("5368709120")
    long feedCache();
  }

  /** {@code wrtfarm.upstream.*}: the download server. */
  @ConfigMapping(prefix = "wrtfarm.upstream")
  interface UpstreamServer {
    @WithDefault("https://downloads.openwrt.org")
    URI url();

    /** Feeds that an Image Builder names below this URL are fetched from {@link #url()}. */
    @WithDefault("https://downloads.openwrt.org")
    URI canonicalUrl();

    /**
     * Trusted usign keys. The default holds OpenWrt's published ones: snapshots and 23.05, 24.10,
     * 22.03, 21.02, 19.07, 18.06, 17.01.
     */
    @WithDefault(
        "RWS1BD5w+adc3j2Hqg9+b66CvLR7NlHbsj7wjNVj0XGt/othDgIAOJS+,"
            + "RWTTEMbygz6X95lKDAulctZy3aj15823THXfyrfXgwGbxZlXBd2brNcw,"
            + "RWRNAX5vHtXWFmt+n5di7XX8rTu0w+c8X7Ihv4oCyD6tzsUwmH0A6kO0,"
            + "RWQviwuY4IMGvwLfs6842A0m4EZU1IjczTxKMSk3BQP8DAQLHBwdQiaU,"
            + "RWT5S53W/rrJY9BiIod3JF04AZ/eU1xDpVOb+rjZzAQBEcoETGx8BXEK,"
            + "RWQQNaxzzE5Z41cVmEh2rilAPKLsyfPKm+S4BJWA1Yv+LP1hKebmGtXi,"
            + "RWR5LZ2bOfGA3FGliZosEDhodiAKDOISmQs/mmjo4rhcbFtqkibJqMzo")
    List<String> usignKeys();

    /** Files with more trusted usign keys. */
    Optional<List<Path>> usignKeyFiles();
  }

  /** {@code wrtfarm.build.*}: limits of one build. */
  @ConfigMapping(prefix = "wrtfarm.build")
  interface Build {
    /** For each of {@code make manifest} and {@code make image}. */
    @WithDefault("30m")
    Duration timeout();

    /** Address space of each process, in bytes. */
    @WithDefault("4294967296")
    long memory();

    /** Processes and threads in the sandbox. */
    @WithDefault("1024")
    int processes();

    /** The largest file, in bytes. */
    @WithDefault("4294967296")
    long fileSize();

    /** All files of a build together, in bytes. */
    @WithDefault("10737418240")
    long disk();

    /** Bytes that have to be free before a build begins. */
    @WithDefault("1073741824")
    long freeSpace();

    /**
     * Folder with {@code key-build}, {@code key-build.pub} and {@code key-build.ucert} for all
     * builds; without it, images of releases up to 24.10 are signed by a key that each build makes.
     */
    Optional<Path> signingKeys();

    /** How long the object store may be away before the build fails. */
    @WithDefault("30m")
    Duration publishPatience();
  }
}
