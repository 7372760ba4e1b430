/** What the agent did, in files that nobody can change unnoticed. */
@NullMarked
package dev.wrtfarm.flash.journal;

import org.jspecify.annotations.NullMarked;
