package dev.wrtfarm.api.offer;

import dev.wrtfarm.common.offer.Offer;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Makes the topics and the share group's settings. Offers have one partition: the members of a
 * share group spread over partitions, and a free worker must not miss an offer in another one. And
 * the group begins at the earliest record, otherwise it would lose what was sent before its first
 * poll.
 */
@ApplicationScoped
public class Topics {
  private static final Logger LOG = Logger.getLogger(Topics.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** A broker that lost its data may make the topic anew by itself, with settings of its own. */
  private static final Duration TRUSTED = Duration.ofSeconds(60);

  private static final long PAUSE_MILLIS = 50;
  private static final int EVENT_PARTITIONS = 4;

  private final Map<String, Object> kafka;
  private final String topic;
  private final String eventTopic;
  private final String group;
  private final AtomicInteger timesMade = new AtomicInteger();
  private volatile boolean made;
  private long madeAt;
  private boolean told;

  Topics(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      @ConfigProperty(name = "wrtfarm.topic-prefix") String prefix) {
    this.kafka = kafka;
    topic = Offer.topic(prefix);
    eventTopic = prefix + ".build.events";
    group = Offer.group(prefix);
  }

  /** The topic of events. */
  public String events() {
    return eventTopic;
  }

  /** Whether all of it was there when somebody looked last. Asks nobody. */
  public boolean areMade() {
    return made;
  }

  /** Counts how often all of it was made, or was found after it had been away or in doubt. */
  public int timesMade() {
    return timesMade.get();
  }

  /** After a failed send all of it is looked at again: the broker may have lost its data. */
  public void doubt() {
    made = false;
  }

  /** Sees to it, and tells whether topics and group are as they should be. */
  synchronized boolean make() {
    if (made && System.nanoTime() - madeAt < TRUSTED.toNanos()) {
      return true;
    }
    boolean before = made;
    boolean now = false;
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(AdminClientConfig.CLIENT_ID_CONFIG, "wrtfarm-api");
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
    try (Admin admin = Admin.create(config)) {
      // A broker that lost its data since the last look has none of it.
      before &= !makeTopic(admin, new NewTopic(topic, Optional.of(1), Optional.empty()));
      before &=
          !makeTopic(
              admin, new NewTopic(eventTopic, Optional.of(EVENT_PARTITIONS), Optional.empty()));
      setGroup(admin);
      now = haveLeaders(admin);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      if (!told) {
        LOG.warnf("no offers for now, workers ask by themselves: Kafka: %s", reason(e));
        told = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    madeAt = System.nanoTime();
    if (now && !before) {
      told = false;
      timesMade.incrementAndGet();
      LOG.infof("topic %s and share group %s are ready", topic, group);
    }
    made = now;
    return now;
  }

  /** Whether it was not there before. */
  private static boolean makeTopic(Admin admin, NewTopic wanted)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      admin.createTopics(List.of(wanted)).all().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }

  private void setGroup(Admin admin)
      throws ExecutionException, InterruptedException, TimeoutException {
    AlterConfigOp earliest =
        new AlterConfigOp(
            new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
    admin
        .incrementalAlterConfigs(
            Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), List.of(earliest)))
        .all()
        .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A record that is sent before the partition has its leader can be lost (KAFKA-15591). */
  private boolean haveLeaders(Admin admin)
      throws ExecutionException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (admin
            .describeTopics(List.of(topic, eventTopic))
            .allTopicNames()
            .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
            .values()
            .stream()
            .allMatch(Topics::haveLeaders)) {
          return true;
        }
      } catch (ExecutionException e) {
        // Just made, and not known to every part of the broker yet.
        LOG.debugf("waiting for topic %s: %s", topic, reason(e));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return false;
  }

  private static boolean haveLeaders(TopicDescription description) {
    return description.partitions().stream()
        .map(TopicPartitionInfo::leader)
        .allMatch(leader -> leader != null && !leader.isEmpty());
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause();
    return String.valueOf(e instanceof ExecutionException && cause != null ? cause : e);
  }
}
