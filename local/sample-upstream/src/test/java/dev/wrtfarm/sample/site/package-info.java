@NullMarked
package dev.wrtfarm.sample.site;

import org.jspecify.annotations.NullMarked;
