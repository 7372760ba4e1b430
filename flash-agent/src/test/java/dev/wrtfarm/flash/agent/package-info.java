@NullMarked
package dev.wrtfarm.flash.agent;

import org.jspecify.annotations.NullMarked;
