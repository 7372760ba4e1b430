@NullMarked
package dev.wrtfarm.cli.doctor;

import org.jspecify.annotations.NullMarked;
