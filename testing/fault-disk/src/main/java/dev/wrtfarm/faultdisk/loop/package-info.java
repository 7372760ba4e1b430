/** Loop devices, made and taken away by the system's own tools. */
@NullMarked
package dev.wrtfarm.faultdisk.loop;

import org.jspecify.annotations.NullMarked;
