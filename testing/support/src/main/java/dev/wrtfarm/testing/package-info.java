/**
 * The parts that tests run against: PostgreSQL, Kafka and an S3 server, real ones always, from a
 * Docker engine, from the local stack, or from outside. The tests cannot tell which.
 */
@NullMarked
package dev.wrtfarm.testing;

import org.jspecify.annotations.NullMarked;
