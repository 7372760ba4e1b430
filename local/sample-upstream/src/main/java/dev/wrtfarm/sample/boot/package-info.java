/** What an image needs to boot that the sample does not make itself: parts of Debian packages. */
@NullMarked
package dev.wrtfarm.sample.boot;

import org.jspecify.annotations.NullMarked;
