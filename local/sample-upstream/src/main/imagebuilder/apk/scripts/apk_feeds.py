"""The indexes: fetching and checking those of the feeds, making that of packages/."""

import hashlib
import json
import os
import sys
import tarfile
import time

import adb
import download

TOPDIR = os.environ["TOPDIR"]
DL_DIR = os.environ["DL_DIR"]
KEYS = os.path.join(TOPDIR, "keys")
LOCAL = os.path.join(TOPDIR, "packages")
LOCAL_INDEX = os.path.join(LOCAL, "packages.adb")
# apk asks for an index again after that time only.
FRESH_SECONDS = 4 * 3600


def repositories():
    """The URLs of the indexes."""
    with open(os.path.join(TOPDIR, "repositories"), encoding="utf-8") as file:
        lines = [line.strip() for line in file]
    return [line for line in lines if line and not line.startswith("#")]


def _cached(url):
    return os.path.join(DL_DIR, f"packages.{hashlib.sha256(url.encode()).hexdigest()[:8]}.adb")


def _warn(text):
    print(f"WARNING: {text}", file=sys.stderr)


def update():
    for url in repositories():
        path = _cached(url)
        if os.path.exists(path) and time.time() - os.path.getmtime(path) < FRESH_SECONDS:
            continue
        new = path + ".new"
        code = download.download(url, new)
        if code:
            download_failed(code)
            _warn(f"updating and opening {url}: unexpected end of file")
            continue
        try:
            adb.read(new, KEYS)
            os.replace(new, path)
        except adb.Untrusted:
            _warn(f"updating and opening {url}: UNTRUSTED signature")
            os.remove(new)


def download_failed(code):
    print(f"ERROR: wget: exited with error {code}", file=sys.stderr)


def available():
    """All packages of all indexes that are there, by name; our own packages/ wins."""
    packages = {}
    for url, path in [("", LOCAL_INDEX)] + [(url, _cached(url)) for url in repositories()]:
        try:
            for entry in adb.read(path, KEYS):
                packages.setdefault(entry["name"], entry | {"folder": url.rpartition("/")[0]})
        except FileNotFoundError:
            _warn(f"opening from cache {url}: No such file or directory")
        except adb.Untrusted:
            _warn(f"opening {path}: UNTRUSTED signature")
    return packages


def local_files():
    return sorted(name for name in os.listdir(LOCAL) if name.endswith(".apk"))


def index_local_packages():
    """Indexes and signs packages/, if something in it is newer than its index."""
    if not os.path.exists(LOCAL_INDEX):
        _warn(f"opening {LOCAL_INDEX}: No such file or directory")
    else:
        newest = max([os.path.getctime(f"{LOCAL}/{name}") for name in local_files()], default=0)
        if newest <= os.path.getmtime(LOCAL_INDEX):
            return
    print("Package list missing or not up-to-date, generating it.\n\nBuilding package index...")
    adb.write(LOCAL_INDEX, [_index_entry(name) for name in local_files()], TOPDIR)


def _index_entry(name):
    path = os.path.join(LOCAL, name)
    try:
        with tarfile.open(path) as archive:
            entry = json.load(archive.extractfile(".PKGINFO"))
    except (tarfile.TarError, KeyError, OSError, ValueError) as error:
        sys.exit(f"ERROR: {name}: is not a package: {error}")
    with open(path, "rb") as file:
        content = file.read()
    return entry | {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
