@NullMarked
package dev.wrtfarm.worker.host;

import org.jspecify.annotations.NullMarked;
