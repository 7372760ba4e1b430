@NullMarked
package dev.wrtfarm.api.offer;

import org.jspecify.annotations.NullMarked;
