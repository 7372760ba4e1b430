package dev.wrtfarm.stack;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parts that a stack may have. */
enum PartName {
  POSTGRES {
    @Override
    Part part(Path data, Settings settings, StackExit exit) {
      PostgresPasswords passwords =
          new PostgresPasswords(
              settings.password("postgres.superuser"), settings.password("postgres"));
      return new PostgresServer(data, settings.port("postgres"), passwords, exit);
    }
  },
  KAFKA {
    @Override
    Part part(Path data, Settings settings, StackExit exit) {
      KafkaPasswords passwords =
          new KafkaPasswords(settings.password("kafka.broker"), settings.password("kafka"));
      return new KafkaBroker(
          data.resolve("kafka"),
          settings.port("kafka"),
          settings.port("kafka.controller"),
          passwords,
          exit);
    }
  },
  S3 {
    @Override
    Part part(Path data, Settings settings, StackExit exit) {
      return new ObjectServer(data.resolve("s3"), settings.port("s3"), settings.password("s3"));
    }
  };

  abstract Part part(Path data, Settings settings, StackExit exit);

  static Optional<PartName> of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }
}
