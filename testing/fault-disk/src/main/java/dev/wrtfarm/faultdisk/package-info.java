/**
 * Real block devices with faults: a file served by this process over FUSE, behind a loop device.
 */
@NullMarked
package dev.wrtfarm.faultdisk;

import org.jspecify.annotations.NullMarked;
