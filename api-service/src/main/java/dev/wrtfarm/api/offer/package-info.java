/** Job offers to Kafka: the outbox, the relay, the topics. */
@NullMarked
package dev.wrtfarm.api.offer;

import org.jspecify.annotations.NullMarked;
