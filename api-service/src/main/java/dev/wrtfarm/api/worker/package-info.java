/** The workers' side of the job protocol. */
@NullMarked
package dev.wrtfarm.api.worker;

import org.jspecify.annotations.NullMarked;
