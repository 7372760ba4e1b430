@NullMarked
package dev.wrtfarm.flash.plan;

import org.jspecify.annotations.NullMarked;
