package dev.wrtfarm.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One cluster with two replicas and the product's own lease and reaper for all fault tests. Each
 * test finds its parts and replicas running, and no worker. All the while objects are collected and
 * read, and none that is read may be missing.
 */
public final class SharedCluster
    implements ParameterResolver, BeforeEachCallback, AfterEachCallback {
  private static final int REPLICAS = 2;

  /** The collector never rests, and what nobody uses is gone within half a minute. */
  private static final Map<String, String> EAGER_COLLECTOR =
      Map.of(
          "wrtfarm.collector.interval", "500ms",
          "wrtfarm.s3.get-validity", "10s",
          "wrtfarm.s3.put-validity", "10s",
          "wrtfarm.s3.longest-download", "5s",
          "wrtfarm.s3.clock-slack", "1s");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return cluster(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Cluster cluster = cluster(context);
    cluster.mend();
    own(context).put(Reader.class, Reader.of(cluster));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Reader reader = own(context).remove(Reader.class, Reader.class);
    try {
      cluster(context).stopWorkers();
    } finally {
      if (reader != null) {
        reader.close();
        assertThat(reader.wrong()).isEmpty();
      }
    }
  }

  private static ExtensionContext.Store own(ExtensionContext context) {
    return context.getStore(ExtensionContext.Namespace.create(SharedCluster.class));
  }

  private static Cluster cluster(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(
            Cluster.class,
            key -> Cluster.start("shared", REPLICAS, EAGER_COLLECTOR),
            Cluster.class);
  }
}
