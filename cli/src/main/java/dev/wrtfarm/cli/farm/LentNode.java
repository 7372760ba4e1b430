package dev.wrtfarm.cli.farm;

import dev.wrtfarm.launcher.SystemUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Set;

/** A device's node, or a file, that belongs to another user for a while. */
final class LentNode {
  private static final Set<PosixFilePermission> THEIRS =
      PosixFilePermissions.fromString("rw-------");

  private final PosixFileAttributeView view;
  private final UserPrincipal owner;
  private final GroupPrincipal group;
  private final Set<PosixFilePermission> mode;

  private LentNode(PosixFileAttributeView view, PosixFileAttributes before) {
    this.view = view;
    this.owner = before.owner();
    this.group = before.group();
    this.mode = before.permissions();
  }

  static LentNode to(SystemUser user, Path node) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(node, PosixFileAttributeView.class);
    LentNode lent = new LentNode(view, view.readAttributes());
    UserPrincipalLookupService accounts = node.getFileSystem().getUserPrincipalLookupService();
    view.setOwner(accounts.lookupPrincipalByName(user.name()));
    view.setGroup(accounts.lookupPrincipalByGroupName(user.name()));
    view.setPermissions(THEIRS);
    return lent;
  }

  void takeBack() throws IOException {
    view.setPermissions(mode);
    view.setGroup(group);
    view.setOwner(owner);
  }
}
