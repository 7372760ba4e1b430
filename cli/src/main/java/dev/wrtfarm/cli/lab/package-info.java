/** Lab hosts, their slots, and the cards that were in them. */
@NullMarked
package dev.wrtfarm.cli.lab;

import org.jspecify.annotations.NullMarked;
