@NullMarked
package dev.wrtfarm.api.lab;

import org.jspecify.annotations.NullMarked;
