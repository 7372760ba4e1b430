/** The farm's own REST API, and the one place where problems are made. */
@NullMarked
package dev.wrtfarm.api.rest;

import org.jspecify.annotations.NullMarked;
