package dev.wrtfarm.bench;

import dev.wrtfarm.bench.build.BuildTimes;
import dev.wrtfarm.bench.cli.CliStart;
import dev.wrtfarm.bench.farm.FarmStart;
import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.flash.FlashTimes;
import dev.wrtfarm.bench.process.Workbench;
import dev.wrtfarm.bench.queue.QueueTimes;
import dev.wrtfarm.bench.stack.StackStart;
import java.io.IOException;

/** What can be measured, in the order of a whole run. */
enum Benchmark {
  STACK("stack", "start of PostgreSQL, Kafka and S3 in one program", StackStart::run),
  FARM("farm", "start of a whole farm with one worker, and memory of its programs", FarmStart::run),
  CLI("cli", "start of the command line", CliStart::run),
  BUILD("build", "a build by the farm beside make by hand", BuildTimes::run),
  QUEUE("queue", "the queue with simulated workers that build nothing", QueueTimes::run),
  FLASH("flash", "writing and verifying a card beside dd", FlashTimes::run);

  private interface Run {
    void into(Measurements measurements, Workbench bench) throws IOException;
  }

  private final String word;
  private final String title;
  private final Run run;

  Benchmark(String word, String title, Run run) {
    this.word = word;
    this.title = title;
    this.run = run;
  }

  String word() {
    return word;
  }

  String title() {
    return title;
  }

  Measurements measure(Workbench bench) throws IOException {
    Measurements measurements = new Measurements();
    run.into(measurements, bench);
    return measurements;
  }
}
