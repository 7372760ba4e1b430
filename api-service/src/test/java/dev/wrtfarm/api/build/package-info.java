@NullMarked
package dev.wrtfarm.api.build;

import org.jspecify.annotations.NullMarked;
