/** Flash jobs: their states, and what people do with them. */
@NullMarked
package dev.wrtfarm.api.flash;

import org.jspecify.annotations.NullMarked;
