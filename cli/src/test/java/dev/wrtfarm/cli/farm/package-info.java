@NullMarked
package dev.wrtfarm.cli.farm;

import org.jspecify.annotations.NullMarked;
