/** What a build is: the recipe, what it resolved into, and the digests over both. */
@NullMarked
package dev.wrtfarm.common.recipe;

import org.jspecify.annotations.NullMarked;
