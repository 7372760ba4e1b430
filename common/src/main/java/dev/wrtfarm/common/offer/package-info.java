/** What travels over Kafka: offers and events, never truth and never bytes. */
@NullMarked
package dev.wrtfarm.common.offer;

import org.jspecify.annotations.NullMarked;
