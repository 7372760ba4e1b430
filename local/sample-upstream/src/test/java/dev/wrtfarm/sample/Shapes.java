package dev.wrtfarm.sample;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an Image Builder says, without what differs between two Image Builders: each kind of line
 * once, in the order of its first appearance. Names of the packages that a case is about stay.
 */
final class Shapes {
  private static final Set<String> SPECIFIC =
      Set.of(
          "nosuchpkg", "libdoesnotexist", "brokendep", "badpostinst", "clash-a", "clash-b", "nano");

  private static final Pattern NOISE =
      Pattern.compile(
          String.join(
              "|",
              "\\s*",
              "\\+ .*",
              ".* records (in|out)",
              ".* bytes .* copied.*",
              "part \\d.*",
              "(real|user|sys)\\t.*",
              "mkfs.fat.*",
              "cp: cannot stat '.*/boot/\\.'.*",
              "(read|writing) EC key",
              // Depends on whether the tree has been used.
              "Generate local .*",
              // Our images are made by a script, the real ones by a make of their own.
              "make\\[3\\].*"));

  private record Rule(Pattern pattern, String replacement) {
    Rule(String pattern, String replacement) {
      this(Pattern.compile(pattern), replacement);
    }
  }

  private static final String NAME = "([A-Za-z0-9][A-Za-z0-9.+_-]*)";

  private static final List<Rule> RULES =
      List.of(
          new Rule("/\\S*imagebuilder-[^/\\s]*/", "TREE/"),
          new Rule("TREE/\\S*/(openwrt|sample)-[^/\\s]*\\.(img\\.gz|bin)", "IMAGE"),
          new Rule("http://\\S*/([^/\\s]+)", "URL/$1"),
          new Rule("TREE/dl/(openwrt|sample)_\\w+", "TREE/dl/LIST"),
          new Rule("^\\( *\\d+/\\d+\\) Installing \\S+ \\(\\S+\\)", "(N/M) Installing PKG (V)"),
          new Rule("^Installing \\S+ \\(\\S+\\) to root", "Installing PKG (V) to root"),
          new Rule("^(Copying TREE/dl/|Downloading URL/)\\S+\\.ipk\\.?", "Fetching PKG"),
          new Rule("^Package \\S+ \\(\\S+\\) installed", "Package PKG (V) installed"),
          new Rule("^Configuring \\S+\\.", "Configuring PKG."),
          new Rule("^Checking '\\S+'\\.\\.\\. (ok|updated)\\.", "Checking TOOL... passed."),
          new Rule("^(\\s*(Default )?Packages): .*", "$1: LIST"),
          new Rule("^\\S+ - \\S+$", "PKG - V"),
          new Rule("^(OK:|\\d+ errors?;) \\d+ \\w+ in \\d+ packages", "$1 SIZE"),
          new Rule("^Enabling .*", "Enabling SERVICE"),
          new Rule("^Current Revision: \"r[0-9a-z-]+\"", "Current Revision: REVISION"),
          new Rule("base-files-1637~[0-9a-f]+", "base-files-V"),
          new Rule("Makefile:\\d+", "Makefile:N"),
          // apk counts its problems; when a whole feed is lost they are many.
          new Rule("package_install\\] Error \\d\\d$", "package_install] Error MANY"),
          new Rule("is too big: \\d+ > \\d+", "is too big: N > M"),
          new Rule("to allocate \\d+ blocks", "to allocate N blocks"),
          new Rule("X1[0-9a-f]{40}\\.post", "XHASH.post"));

  /** Where a package's name may stand in an error. */
  private static final List<Pattern> NAMES =
      List.of(
          Pattern.compile("^Unknown package '" + NAME + "'"),
          Pattern.compile("Cannot install package " + NAME + "\\.$"),
          Pattern.compile("cannot find dependency " + NAME + " for .*"),
          Pattern.compile("Packages for " + NAME + " found"),
          Pattern.compile("^  " + NAME + " \\(no such package\\)"),
          Pattern.compile("^ {17}base-files-V\\[" + NAME + "\\]"),
          Pattern.compile("required by: world\\[" + NAME + "\\]"),
          Pattern.compile("required by: (?:[a-z-]+-\\d|base-files-V)[^\\[]*\\[" + NAME + "\\]"));

  private Shapes() {}

  static List<String> of(String text) {
    Set<String> shapes = new LinkedHashSet<>();
    for (String line : withoutDiskTools(text.lines().toList())) {
      if (!NOISE.matcher(line).matches()) {
        shapes.add(shape(line));
      }
    }
    return List.copyOf(shapes);
  }

  private static String shape(String line) {
    String shape = line;
    for (Rule rule : RULES) {
      shape = rule.pattern().matcher(shape).replaceAll(rule.replacement());
    }
    for (Pattern pattern : NAMES) {
      Matcher matcher = pattern.matcher(shape);
      if (matcher.find() && !SPECIFIC.contains(matcher.group(1))) {
        shape = shape.substring(0, matcher.start(1)) + "PKG" + shape.substring(matcher.end(1));
      }
    }
    return shape;
  }

  /** mksquashfs, mkfs and others chat about sizes between these two lines. */
  private static List<String> withoutDiskTools(List<String> lines) {
    List<String> kept = new ArrayList<>();
    boolean chatting = false;
    for (String line : lines) {
      if (line.startsWith("Skip JSON") || line.startsWith("Calculating")) {
        chatting = false;
      }
      if (!chatting) {
        kept.add(line);
      }
      if (line.equals("Building images...")) {
        chatting = true;
      }
    }
    return kept;
  }
}
