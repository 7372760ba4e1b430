/** What is written to and read from: a whole block device, always past the page cache. */
@NullMarked
package dev.wrtfarm.flash.medium;

import org.jspecify.annotations.NullMarked;
