/** What a person or a program reads: terminal, tables, progress, JSON. */
@NullMarked
package dev.wrtfarm.cli.output;

import org.jspecify.annotations.NullMarked;
