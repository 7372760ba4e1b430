@NullMarked
package dev.wrtfarm.faultdisk;

import org.jspecify.annotations.NullMarked;
