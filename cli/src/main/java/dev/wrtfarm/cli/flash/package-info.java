/** Cards: have one written, confirm the plan, follow it, look at what was. */
@NullMarked
package dev.wrtfarm.cli.flash;

import org.jspecify.annotations.NullMarked;
