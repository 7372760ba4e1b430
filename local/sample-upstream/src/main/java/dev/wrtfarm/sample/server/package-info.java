/** Serves a tree of files as a download mirror does, and, when told, fails as mirrors do. */
@NullMarked
package dev.wrtfarm.sample.server;

import org.jspecify.annotations.NullMarked;
