/** What the download server has: releases, targets, profiles. */
@NullMarked
package dev.wrtfarm.api.imagebuilder;

import org.jspecify.annotations.NullMarked;
