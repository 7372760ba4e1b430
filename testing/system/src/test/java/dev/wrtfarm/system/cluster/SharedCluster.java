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
 * test finds its parts and replicas running, and no worker.
 */
public final class SharedCluster
    implements ParameterResolver, BeforeEachCallback, AfterEachCallback {
  private static final int REPLICAS = 2;

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
    cluster(context).mend();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    cluster(context).stopWorkers();
    assertThat(cluster(context).wrongDownloads()).isEmpty();
  }

  private static Cluster cluster(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(
            Cluster.class, key -> Cluster.start("shared", REPLICAS, Map.of()), Cluster.class);
  }
}
