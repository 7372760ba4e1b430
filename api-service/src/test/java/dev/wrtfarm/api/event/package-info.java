@NullMarked
package dev.wrtfarm.api.event;

import org.jspecify.annotations.NullMarked;
