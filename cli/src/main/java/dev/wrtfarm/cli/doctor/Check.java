package dev.wrtfarm.cli.doctor;

import java.util.List;

/** Looks at one side of the machine. */
interface Check {
  List<Finding> look();
}
