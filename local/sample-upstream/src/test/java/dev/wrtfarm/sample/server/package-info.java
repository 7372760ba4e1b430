@NullMarked
package dev.wrtfarm.sample.server;

import org.jspecify.annotations.NullMarked;
