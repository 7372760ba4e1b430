@NullMarked
package dev.wrtfarm.api.figure;

import org.jspecify.annotations.NullMarked;
