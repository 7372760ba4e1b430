@NullMarked
package dev.wrtfarm.api.rest;

import org.jspecify.annotations.NullMarked;
