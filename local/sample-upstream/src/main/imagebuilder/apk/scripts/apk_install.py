"""apk add: solves for all names at once, installs, exits with the number of errors."""

import hashlib
import os
import sys
import tarfile
import zlib

import apk_feeds
import download
import rootfs
from apk_database import Database
from apk_solver import Solver, full_name

DL_DIR = os.environ["DL_DIR"]
TARGET_DIR = os.environ["TARGET_DIR"]


def _error(text):
    sys.stdout.flush()
    print(f"ERROR: {text}", file=sys.stderr)


def add(names):
    packages, problem, count = Solver(apk_feeds.available()).solve(names)
    if problem:
        _error("unable to select packages:")
        print("\n".join(problem), file=sys.stderr)
        return count
    database, errors, size = Database(TARGET_DIR), 0, 0
    width = len(str(len(packages)))
    for number, entry in enumerate(packages, 1):
        print(f"({number:{width}}/{len(packages)}) Installing {entry['name']} ({entry['version']})")
        if _install(entry, database):
            size += entry["size"]
        else:
            errors += 1
    database.save()
    result = f"{errors} error{'s' if errors > 1 else ''};" if errors else "OK:"
    print(f"{result} {size // 1024} KiB in {len(database.entries)} packages")
    return errors


def _install(entry, database):
    path = _fetch(entry)
    if path is None:
        return False
    with tarfile.open(path) as archive:
        members = [member for member in archive if not _is_metadata(member)]
        paths = rootfs.file_paths(members)
        taken = [(path, database.owners[path]) for path in paths if path in database.owners]
        for clash, owner in taken:
            _error(f"{full_name(entry)}: trying to overwrite {clash} owned by {owner}.")
        if taken:
            return False
        rootfs.unpack_members(archive, members, TARGET_DIR)
        database.add(entry, paths, _script(archive))
    return True


def _is_metadata(member):
    return member.name in (".PKGINFO", ".post-install")


def _script(archive):
    names = archive.getnames()
    return archive.extractfile(".post-install").read() if ".post-install" in names else None


def _fetch(entry):
    """The package's file, whose content is what the index promised; or None."""
    name = full_name(entry)
    if not entry["folder"]:
        return os.path.join(apk_feeds.LOCAL, f"{name}.apk")
    path = os.path.join(DL_DIR, f"{name}.{entry['sha256'][:8]}.apk")
    if not os.path.exists(path):
        code = download.download(f"{entry['folder']}/{name}.apk", path)
        if code:
            apk_feeds.download_failed(code)
            _error(f"{name}: unexpected end of file")
            return None
    with open(path, "rb") as file:
        fits = hashlib.sha256(file.read()).hexdigest() == entry["sha256"]
    if not fits:
        _error(f"{name}: failed to extract {_first_file(path)}: Software caused connection abort")
        _error(f"{name}: Software caused connection abort")
        os.remove(path)
        return None
    return path


def _first_file(path):
    """How far apk would have come; a damaged archive may not even tell that."""
    try:
        with tarfile.open(path) as archive:
            files = rootfs.file_paths(member for member in archive if not _is_metadata(member))
            return files[0]
    except (tarfile.TarError, OSError, EOFError, IndexError, zlib.error):
        return ".PKGINFO"


def run_scripts():
    for script in Database(TARGET_DIR).scripts():
        code = rootfs.run_script(script, [], TARGET_DIR, TARGET_DIR)
        if code:
            text = f"postinst script {script} has failed with exit code {code}"
            print(text, file=sys.stderr)
            return 1
    return 0
