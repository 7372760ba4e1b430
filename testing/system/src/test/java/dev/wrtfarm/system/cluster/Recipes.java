package dev.wrtfarm.system.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrtfarm.system.FarmClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Bodies of submissions for the upstream of a {@link Cluster}. */
public final class Recipes {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Recipes() {}

  /** A recipe that nobody has asked for yet. */
  public static String fresh(String... packages) {
    List<String> all = new ArrayList<>(List.of(packages));
    all.add("only-" + NUMBER.incrementAndGet());
    return body(Map.of("recipe", recipe(all)));
  }

  /** The same, to be built whatever there is. */
  public static String forced(String body) {
    try {
      return ((ObjectNode) FarmClient.JSON.readTree(body)).put("mode", "force").toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** So many of them. */
  public static List<String> fresh(int number, String... packages) {
    return IntStream.range(0, number).mapToObj(n -> fresh(packages)).toList();
  }

  private static Map<String, Object> recipe(List<String> packages) {
    return Map.of(
        "release", TinyUpstream.RELEASE,
        "target", TinyUpstream.TARGET,
        "profile", TinyUpstream.PROFILE,
        "packages", packages);
  }

  private static String body(Map<String, Object> members) {
    return FarmClient.JSON.valueToTree(members).toString();
  }
}
