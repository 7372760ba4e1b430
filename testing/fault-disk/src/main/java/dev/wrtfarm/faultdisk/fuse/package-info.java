/** A file whose bytes this process serves, over the kernel's own FUSE interface. */
@NullMarked
package dev.wrtfarm.faultdisk.fuse;

import org.jspecify.annotations.NullMarked;
