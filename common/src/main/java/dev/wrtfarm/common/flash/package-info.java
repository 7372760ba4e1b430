/** Flash jobs as everyone sees them: their states, plans, verdicts, and what is known of cards. */
@NullMarked
package dev.wrtfarm.common.flash;

import org.jspecify.annotations.NullMarked;
