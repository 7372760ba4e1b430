@NullMarked
package dev.wrtfarm.api.profile;

import org.jspecify.annotations.NullMarked;
