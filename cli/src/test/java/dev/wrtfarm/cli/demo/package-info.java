@NullMarked
package dev.wrtfarm.cli.demo;

import org.jspecify.annotations.NullMarked;
