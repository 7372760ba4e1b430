"""What is installed: lib/apk/db and lib/apk/packages of a root directory."""

import glob
import hashlib
import json
import os

from apk_solver import full_name


class Database:
    def __init__(self, root):
        self.root = root
        self.directory = os.path.join(root, "lib/apk/db")
        self.lists = os.path.join(root, "lib/apk/packages")
        self.entries = []
        self.owners = {}
        os.makedirs(self.directory, exist_ok=True)
        os.makedirs(self.lists, exist_ok=True)
        if os.path.exists(self._path()):
            with open(self._path(), encoding="utf-8") as file:
                self.entries = json.load(file)

    def _path(self):
        return os.path.join(self.directory, "installed")

    def add(self, entry, paths, script):
        self.entries.append({key: entry[key] for key in ("name", "version", "abi", "depends")})
        self.owners.update((path, full_name(entry)) for path in paths)
        with open(f"{self.lists}/{entry['name']}.list", "w", encoding="utf-8") as file:
            file.writelines(f"/{path}\n" for path in paths)
        if script is not None:
            digest = hashlib.sha1(script).hexdigest()
            path = f"{self.directory}/{full_name(entry)}.X1{digest}.post-install"
            with open(path, "wb") as file:
                file.write(script)

    def save(self):
        with open(self._path(), "w", encoding="utf-8") as file:
            json.dump(sorted(self.entries, key=lambda entry: entry["name"]), file, indent=1)

    def scripts(self):
        """Relative to the root directory, where they run."""
        found = sorted(glob.glob(os.path.join(self.directory, "*.post-install")))
        return ["./" + os.path.relpath(path, self.root) for path in found]
