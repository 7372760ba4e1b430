/**
 * PostgreSQL, a Kafka broker and an S3 server in one process tree, for farms on one machine and for
 * tests. Real parts, on loopback only, with passwords of their own.
 */
@NullMarked
package dev.wrtfarm.stack;

import org.jspecify.annotations.NullMarked;
