"""The package lists: fetching and checking those of the feeds, making that of packages/."""

import gzip
import hashlib
import os
import sys
import tarfile
import zlib

import download
import stanzas
import usign

TOPDIR = os.environ["TOPDIR"]
DL_DIR = os.environ["DL_DIR"]
KEYS = os.path.join(TOPDIR, "keys")
LOCAL = os.path.join(TOPDIR, "packages")


def sources():
    """(name, url) of each "src" line of repositories.conf, and whether lists must be signed."""
    feeds, checked = [], False
    with open(os.path.join(TOPDIR, "repositories.conf"), encoding="utf-8") as file:
        for line in file:
            words = line.split()
            if len(words) == 3 and words[0] in ("src", "src/gz"):
                feeds.append((words[1], words[2]))
            elif words[:2] == ["option", "check_signature"]:
                checked = True
    return feeds, checked


def update():
    feeds, checked = sources()
    said, errors = [], []
    for name, url in feeds:
        if url.startswith("file:"):
            _update_local(name, url, said)
        else:
            _update_remote(name, url, checked, said, errors)
    # opkg's own order: errors are not buffered.
    if errors:
        print("Collected errors:\n" + "\n".join(f" * {error}" for error in errors))
    print("\n".join(said), flush=True)
    return 255 if errors else 0


def _update_local(name, url, said):
    with open(os.path.join(LOCAL, "Packages"), "rb") as file:
        content = file.read()
    said.append(f"Downloading {url}/Packages")
    _store(name, content, said)
    said.append(f"Downloading {url}/Packages.sig")
    _check(name, content, os.path.join(LOCAL, "Packages.sig"), said)


def _update_remote(name, url, checked, said, errors):
    compressed = os.path.join(DL_DIR, name + ".gz")
    said.append(f"Downloading {url}/Packages.gz")
    code = download.download(f"{url}/Packages.gz", compressed)
    if code:
        said.append(f"*** Failed to download the package list from {url}/Packages.gz\n")
        errors.extend(failed_download(f"{url}/Packages.gz", code))
        return
    content = _decompressed(compressed)
    _store(name, content, said)
    if not checked:
        return
    signature = os.path.join(DL_DIR, name + ".sig")
    said.append(f"Downloading {url}/Packages.sig")
    code = download.download(f"{url}/Packages.sig", signature)
    if code:
        errors.extend(failed_download(f"{url}/Packages.sig", code))
    _check(name, content, signature, said)


def failed_download(url, code):
    yield f"opkg_download: Failed to download {url}, wget returned {code}."
    if code == 4:
        yield "opkg_download: Check your network settings and connectivity.\n"


def _decompressed(path):
    """Of a damaged list nothing is left; its signature will not fit."""
    try:
        with gzip.open(path, "rb") as file:
            return file.read()
    except (OSError, EOFError, zlib.error):
        return b""
    finally:
        os.remove(path)


def _store(name, content, said):
    path = os.path.join(DL_DIR, name)
    with open(path, "wb") as file:
        file.write(content)
    said.append(f"Updated list of available packages in {path}")


def _check(name, content, signature, said):
    if usign.verify(KEYS, signature, content):
        said.append("Signature check passed.")
        return
    said.append("Signature check failed.\nRemove wrong Signature file.")
    os.remove(os.path.join(DL_DIR, name))


def available():
    """All packages of all lists that are there, by name; our own packages/ wins, then the first."""
    packages = {}
    for name, url in sorted(sources()[0], key=lambda feed: not feed[1].startswith("file:")):
        path = os.path.join(DL_DIR, name)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                for fields in stanzas.parse(file.read()):
                    packages.setdefault(fields["Package"], fields | {"Feed-URL": url})
    return packages


def index_local_packages():
    """Indexes and signs the .ipk files of packages/, among them what the user put there."""
    print("Package list missing or not up-to-date, generating it.\n\nBuilding package index...")
    text = ""
    for name in sorted(os.listdir(LOCAL)):
        if name.endswith(".ipk"):
            text += stanzas.text_of(_index_entry(name))
    with open(os.path.join(LOCAL, "Packages"), "w", encoding="utf-8") as file:
        file.write(text)
    signature = os.path.join(LOCAL, "Packages.sig")
    usign.sign(os.path.join(TOPDIR, "key-build"), text.encode(), signature)


def _index_entry(name):
    path = os.path.join(LOCAL, name)
    try:
        with tarfile.open(path) as outer, tarfile.open(
            fileobj=outer.extractfile("./control.tar.gz")
        ) as control:
            text = control.extractfile("./control").read().decode()
    except (tarfile.TarError, KeyError, OSError) as error:
        sys.exit(f"{name} is not a package: {error}")
    fields = next(stanzas.parse(text))
    with open(path, "rb") as file:
        content = file.read()
    fields["Filename"] = name
    fields["Size"] = str(len(content))
    fields["SHA256sum"] = hashlib.sha256(content).hexdigest()
    return fields
