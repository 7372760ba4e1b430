@NullMarked
package dev.wrtfarm.api.log;

import org.jspecify.annotations.NullMarked;
