"""opkg install: goes on after a failure, configures what it could unpack, exits 255 at the end."""

import hashlib
import os
import sys
import tarfile

import download
import opkg_feeds
import rootfs
import stanzas
from opkg_status import Status

TOPDIR = os.environ["TOPDIR"]
DL_DIR = os.environ["DL_DIR"]
TARGET_DIR = os.environ["TARGET_DIR"]


class Installation:
    def __init__(self):
        self.available = opkg_feeds.available()
        self.status = Status(TARGET_DIR)
        self.unpacked = []
        self.errors = []

    def install(self, names):
        for name in names:
            if not self._install_one(name):
                self.errors.append(f"opkg_install_cmd: Cannot install package {name}.")
        for fields in self.unpacked:
            self._configure(fields)
        self.status.save()
        if self.errors:
            sys.stdout.flush()
            print("Collected errors:", file=sys.stderr)
            for error in self.errors:
                print(f" * {error}", file=sys.stderr)
            return 255
        return 0

    def find(self, name):
        """A package of that name, or else one that provides it."""
        if name in self.available:
            return self.available[name]
        providers = (
            fields
            for fields in self.available.values()
            if name in stanzas.names(fields, "Provides")
        )
        return next(providers, None)

    def _install_one(self, name):
        fields = self.find(name)
        if fields is None:
            print(f"Unknown package '{name}'.")
            return False
        unresolved = list(self._unresolved(fields, set()))
        if unresolved:
            print(f"Unknown package '{name}'.")
            for needed, parent in unresolved:
                self.errors.append(
                    f"pkg_hash_check_unresolved: cannot find dependency {needed} for {parent}"
                )
            self.errors.append(
                f"pkg_hash_fetch_best_installation_candidate: Packages for {name} found, "
                "but incompatible with the architectures configured"
            )
            return False
        if self.status.has(fields["Package"]):
            version = fields["Version"]
            print(f"Package {fields['Package']} ({version}) installed in root is up to date.")
            return True
        return self._install_with_dependencies(fields)

    def _unresolved(self, fields, seen):
        if fields["Package"] in seen or self.status.has(fields["Package"]):
            return
        seen.add(fields["Package"])
        for name in stanzas.names(fields, "Depends"):
            needed = self.find(name)
            if needed is None:
                yield name, fields["Package"]
            else:
                yield from self._unresolved(needed, seen)

    def _install_with_dependencies(self, fields):
        name = fields["Package"]
        if self._conflicts(fields):
            return False
        print(f"Installing {name} ({fields['Version']}) to root...")
        path = self._fetch(fields)
        if path is None:
            return False
        self.status.begin(name)
        for needed in stanzas.names(fields, "Depends"):
            dependency = self.find(needed)
            if not self.status.has(dependency["Package"]):
                if not self._install_with_dependencies(dependency):
                    self.status.forget(name)
                    return False
        if not self._unpack(fields, path):
            self.status.forget(name)
            return False
        self.unpacked.append(fields)
        return True

    def _conflicts(self, fields):
        found = [
            name for name in stanzas.names(fields, "Conflicts") if self.status.has(name)
        ]
        if found:
            text = f"check_conflicts_for: The following packages conflict with {fields['Package']}:"
            self.errors.append(text)
            self.errors.extend(f"check_conflicts_for: \t{name} * " for name in found)
        return bool(found)

    def _fetch(self, fields):
        """The package's file, whose content is what the list promised; or None."""
        name, url = fields["Package"], f"{fields['Feed-URL']}/{fields['Filename']}"
        if url.startswith("file:"):
            path = os.path.join(TOPDIR, url[len("file:") :])
        else:
            path = os.path.join(DL_DIR, os.path.basename(fields["Filename"]))
            if os.path.exists(path):
                print(f"Copying {path}.")
            elif not self._download(name, url, path):
                return None
        with open(path, "rb") as file:
            content = file.read()
        if hashlib.sha256(content).hexdigest() != fields["SHA256sum"]:
            os.remove(path)
            self.errors.append(
                f"opkg_install_pkg: Checksum or size mismatch for package {name}. Either the opkg "
                "or the package index are corrupt. Try 'opkg update'."
            )
            return None
        return path

    def _download(self, name, url, path):
        print(f"Downloading {url}")
        code = download.download(url, path)
        if code:
            self.errors.extend(opkg_feeds.failed_download(url, code))
            self.errors.append(
                f"opkg_install_pkg: Failed to download {name}. "
                "Perhaps you need to run 'opkg update'?"
            )
        return code == 0

    def _unpack(self, fields, path):
        name = fields["Package"]
        with tarfile.open(path) as outer:
            with tarfile.open(fileobj=outer.extractfile("./data.tar.gz")) as data:
                paths = rootfs.file_paths(data)
                if self._clashes(name, paths):
                    return False
                rootfs.unpack(data, TARGET_DIR)
            with tarfile.open(fileobj=outer.extractfile("./control.tar.gz")) as control:
                self.status.add(fields, paths, control)
        return True

    def _clashes(self, name, paths):
        clashing = [(path, self.status.owner(path)) for path in paths if self.status.owner(path)]
        for path, owner in clashing:
            self.errors.append(
                f"check_data_file_clashes: Package {name} wants to install file "
                f"{TARGET_DIR}/{path}\n\tBut that file is already provided by package  * {owner}"
            )
        return bool(clashing)

    def _configure(self, fields):
        name = fields["Package"]
        print(f"Configuring {name}.", flush=True)
        script = self.status.script(name, "postinst")
        if script is None:
            return
        code = rootfs.run_script(script, ["configure"], TARGET_DIR, TOPDIR)
        if code:
            self.errors.append(
                f'pkg_run_script: package "{name}" postinst script returned status {code}.'
            )
            self.errors.append(f"opkg_configure: {name}.postinst returned {code}.")
