@NullMarked
package dev.wrtfarm.faultdisk.model;

import org.jspecify.annotations.NullMarked;
