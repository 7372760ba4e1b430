package dev.wrtfarm.cli.http;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.data.FarmState;
import dev.wrtfarm.cli.data.Tokens;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the farm is: one replica of its API, or several that are tried in this order. */
public record FarmAddress(List<Replica> replicas) {
  public FarmAddress {
    replicas = List.copyOf(replicas);
  }

  public static FarmAddress of(URI url, Optional<String> token) {
    return new FarmAddress(List.of(new Replica(url, token)));
  }

  /** What a header can carry. */
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  private static final String USUAL = "http://127.0.0.1:8780";

  /** A local farm's token is only ever sent to that farm. */
  public static FarmAddress find(
      @Nullable String named, @Nullable Path data, Surroundings surroundings) {
    Map<String, String> environment = surroundings.environment();
    // What was typed comes before what is set.
    String usual = data == null ? environment.getOrDefault("WRTFARM_API", "") : "";
    String wanted = named != null ? named : usual;
    Optional<String> ownToken = tokenOf(environment.getOrDefault("WRTFARM_TOKEN_FILE", ""));
    if (named != null || !wanted.isEmpty()) {
      return new FarmAddress(
          Arrays.stream(wanted.split(",", -1))
              .map(String::strip)
              .map(each ->
                  new Replica(
                      parsed(each), ownToken.or(() -> localToken(each, data, surroundings))))
              .toList());
    }
    for (DataFolder folder : folders(data, surroundings)) {
      Optional<FarmState> state = FarmState.running(folder);
      if (state.isPresent()) {
        Optional<String> local = new Tokens(folder).read(Tokens.Role.OPERATOR);
        return of(parsed(state.get().api()), ownToken.or(() -> local));
      }
    }
    return of(parsed(USUAL), ownToken);
  }

  private static Optional<String> localToken(
      String wanted, @Nullable Path data, Surroundings surroundings) {
    return folders(data, surroundings).stream()
        .filter(folder -> FarmState.running(folder).filter(s -> s.api().equals(wanted)).isPresent())
        .findFirst()
        .flatMap(folder -> new Tokens(folder).read(Tokens.Role.OPERATOR));
  }

  /** A user without a farm of their own may use root's. */
  private static List<DataFolder> folders(@Nullable Path data, Surroundings surroundings) {
    DataFolder own = DataFolder.of(data, surroundings);
    return data != null ? List.of(own) : List.of(own, new DataFolder(DataFolder.OF_ROOT));
  }

  private static Optional<String> tokenOf(String file) {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(readable(file))
        .filter(text -> TOKEN.matcher(text).matches())
        .or(() -> {
          // Not what is in it: it may be a token with something behind it.
          throw new CommandFailed(
              ExitCode.ACCESS,
              "the file %s of WRTFARM_TOKEN_FILE holds no token".formatted(file),
              "it has to hold the operator's token, on one line, and nothing else");
        });
  }

  private static String readable(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException | InvalidPathException e) {
      throw new CommandFailed(
          ExitCode.ACCESS,
          "the token file %s of WRTFARM_TOKEN_FILE cannot be read".formatted(file),
          "name a file with the operator's token that you may read, or unset the variable");
    }
  }

  private static URI parsed(String url) {
    try {
      URI uri = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Answered below.
    }
    throw new CommandFailed(
        ExitCode.USAGE,
        "the address '" + url + "' is not a URL of a farm",
        "give it as http://HOST:PORT, or several with commas between them");
  }
}
