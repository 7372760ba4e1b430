/** The farm's own API, as a client. */
@NullMarked
package dev.wrtfarm.cli.http;

import org.jspecify.annotations.NullMarked;
