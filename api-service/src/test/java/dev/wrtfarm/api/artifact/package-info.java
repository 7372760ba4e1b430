@NullMarked
package dev.wrtfarm.api.artifact;

import org.jspecify.annotations.NullMarked;
