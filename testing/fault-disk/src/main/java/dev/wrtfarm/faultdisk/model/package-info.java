/** A card as a model in memory: what it stores, loses, garbles, and how long it takes. */
@NullMarked
package dev.wrtfarm.faultdisk.model;

import org.jspecify.annotations.NullMarked;
