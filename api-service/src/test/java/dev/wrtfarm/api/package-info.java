@NullMarked
package dev.wrtfarm.api;

import org.jspecify.annotations.NullMarked;
