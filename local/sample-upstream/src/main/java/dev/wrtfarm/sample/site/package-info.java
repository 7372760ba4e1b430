/** Makes the tree: keys, packages, feeds, Image Builders, and the images that they build. */
@NullMarked
package dev.wrtfarm.sample.site;

import org.jspecify.annotations.NullMarked;
