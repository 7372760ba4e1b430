@NullMarked
package dev.wrtfarm.api.flash;

import org.jspecify.annotations.NullMarked;
