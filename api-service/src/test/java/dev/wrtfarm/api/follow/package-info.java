@NullMarked
package dev.wrtfarm.api.follow;

import org.jspecify.annotations.NullMarked;
