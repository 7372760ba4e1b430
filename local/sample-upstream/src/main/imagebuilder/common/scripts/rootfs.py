"""Unpacking packages into the root directory, and running their scripts there."""

import os
import posixpath
import subprocess

EPOCH = int(os.environ["SOURCE_DATE_EPOCH"])


def file_paths(members):
    """The paths of what a package has beside directories, without a leading "./"."""
    return [posixpath.normpath(member.name) for member in members if not member.isdir()]


def unpack(archive, root):
    unpack_members(archive, list(archive), root)


def unpack_members(archive, members, root):
    """Unpacks them; owners stay ours, since images give everything to root anyway."""
    directories = []
    for member in members:
        path = posixpath.normpath(member.name)
        if path.startswith(("..", "/")):
            raise ValueError(f"path leaves the root directory: {member.name}")
        target = os.path.join(root, path)
        if member.isdir():
            os.makedirs(target, exist_ok=True)
            directories.append((target, member.mode))
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if os.path.lexists(target):
            os.remove(target)
        if member.issym():
            os.symlink(member.linkname, target)
        else:
            with open(target, "wb") as file:
                file.write(archive.extractfile(member).read())
            os.chmod(target, member.mode)
            os.utime(target, (EPOCH, EPOCH))
    for target, mode in directories:
        os.chmod(target, mode)


def run_script(script, arguments, root, directory):
    """Runs a package's script on the build host, as the real Image Builders do."""
    environment = os.environ | {"IPKG_INSTROOT": root, "PKG_ROOT": root}
    # What the script says belongs between our own lines.
    return subprocess.run(
        ["bash", script, *arguments], cwd=directory, env=environment, check=False
    ).returncode
