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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
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
class Topics {
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
  private boolean made;
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

  /** After a failed send all of it is looked at again: the broker may have lost its data. */
  synchronized void doubt() {
    made = false;
  }

  /** Sees to it, and tells whether topics and group are as they should be. */
  synchronized boolean make() {
    if (made && System.nanoTime() - madeAt < TRUSTED.toNanos()) {
      return true;
    }
    boolean before = made;
    made = false;
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(AdminClientConfig.CLIENT_ID_CONFIG, "wrtfarm-api");
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
    try (Admin admin = Admin.create(config)) {
      makeTopic(admin, new NewTopic(topic, Optional.of(1), Optional.empty()));
      makeTopic(admin, new NewTopic(eventTopic, Optional.of(EVENT_PARTITIONS), Optional.empty()));
      setGroup(admin);
      made = hasLeader(admin);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      if (!told) {
        LOG.warnf("no offers for now, workers ask by themselves: Kafka: %s", reason(e));
        told = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    madeAt = System.nanoTime();
    if (made && !before) {
      told = false;
      LOG.infof("topic %s and share group %s are ready", topic, group);
    }
    return made;
  }

  private static void makeTopic(Admin admin, NewTopic wanted)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      admin.createTopics(List.of(wanted)).all().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
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
  private boolean hasLeader(Admin admin)
      throws ExecutionException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        TopicDescription description =
            admin
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .get(topic);
        if (description != null && hasLeader(description)) {
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

  private static boolean hasLeader(TopicDescription description) {
    Node leader = description.partitions().getFirst().leader();
    return leader != null && !leader.isEmpty();
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause();
    return String.valueOf(e instanceof ExecutionException && cause != null ? cause : e);
  }
}
