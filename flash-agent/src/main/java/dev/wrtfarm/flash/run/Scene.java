package dev.wrtfarm.flash.run;

import dev.wrtfarm.flash.mark.Marks;

/** What all steps of a run work with. */
record Scene(
    RunRequest request,
    Layout layout,
    Card card,
    Buffers buffers,
    RunRecord record,
    Marks marks,
    OldContent old,
    Recognition recognition) {}
