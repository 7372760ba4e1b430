package dev.wrtfarm.api.profile;

import dev.wrtfarm.common.rest.ProfileView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The farm's profiles by name. */
@ApplicationScoped
public class Profiles {
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9._-]{1,100})(?:@(\\d{1,9}))?");

  private final ProfileStore store;

  Profiles(ProfileStore store) {
    this.store = store;
  }

  /** The latest revision of each, by id. */
  @Transactional
  public List<ProfileView> latest() {
    return store.latest();
  }

  /**
   * The profile of this name; throws {@link UnknownProfile}.
   *
   * @param name {@code id} for the latest revision, or {@code id@revision}
   */
  @Transactional
  public ProfileView named(String name) {
    Matcher parts = NAME.matcher(name);
    Optional<ProfileView> found = Optional.empty();
    if (parts.matches()) {
      String id = parts.group(1);
      found =
          parts.group(2) == null
              ? store.latest(id)
              : store.revision(id, Integer.parseInt(parts.group(2)));
    }
    return found.orElseThrow(() -> new UnknownProfile(sentence(name)));
  }

  private String sentence(String name) {
    int at = name.indexOf('@');
    String id = at < 0 ? name : name.substring(0, at);
    Optional<ProfileView> latest = at < 0 ? Optional.empty() : store.latest(id);
    if (latest.isPresent()) {
      return "profile '%s' has no such revision; its latest is %s@%d"
          .formatted(name, id, latest.get().revision());
    }
    List<String> ids = store.latest().stream().map(ProfileView::id).toList();
    return "there is no profile '%s'%s GET /api/v2/profiles lists them all"
        .formatted(shown(name), near(id, ids));
  }

  private static String near(String id, List<String> ids) {
    String hint = NearNames.hint(id, ids);
    return hint.isEmpty() ? ";" : hint;
  }

  private static String shown(String name) {
    String printable = name.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= 80 ? printable : printable.substring(0, 80) + "…";
  }
}
