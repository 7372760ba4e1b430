package dev.wrtfarm.cli.output;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Standard input: a person at a terminal, or what a program gives. */
public final class Input {
  private final BufferedReader reader;
  private final boolean person;

  public Input(Reader reader, boolean person) {
    this.reader = new BufferedReader(reader);
    this.person = person;
  }

  static Input ofProcess(boolean person) {
    return new Input(new InputStreamReader(System.in, StandardCharsets.UTF_8), person);
  }

  static Input nothing() {
    return new Input(Reader.nullReader(), false);
  }

  /** Whether somebody is there who can answer. */
  public boolean isPerson() {
    return person;
  }

  Optional<String> line() {
    try {
      return Optional.ofNullable(reader.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read", e);
    }
  }

  /** All of it up to its end, or up to the limit: whoever gets more than that refuses it. */
  public String all(int limit) {
    try {
      StringBuilder text = new StringBuilder();
      char[] part = new char[8192];
      for (int n = reader.read(part); n >= 0 && text.length() <= limit; n = reader.read(part)) {
        text.append(part, 0, n);
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read", e);
    }
  }
}
