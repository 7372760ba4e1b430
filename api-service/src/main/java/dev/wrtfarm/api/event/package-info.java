/** What happened to builds, told to the world as CloudEvents. */
@NullMarked
package dev.wrtfarm.api.event;

import org.jspecify.annotations.NullMarked;
