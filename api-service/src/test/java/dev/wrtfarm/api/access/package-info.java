@NullMarked
package dev.wrtfarm.api.access;

import org.jspecify.annotations.NullMarked;
