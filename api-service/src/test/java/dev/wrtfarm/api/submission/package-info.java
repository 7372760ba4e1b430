@NullMarked
package dev.wrtfarm.api.submission;

import org.jspecify.annotations.NullMarked;
