/** Lab hosts, their slots and cards, as their agents describe them. */
@NullMarked
package dev.wrtfarm.api.lab;

import org.jspecify.annotations.NullMarked;
