/** Third stage: which packages does the recipe turn into? */
@NullMarked
package dev.wrtfarm.worker.manifest;

import org.jspecify.annotations.NullMarked;
