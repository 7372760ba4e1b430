"""What is installed: usr/lib/opkg/status and usr/lib/opkg/info of a root directory."""

import os

import rootfs
import stanzas

KEPT = ("Package", "Version", "Depends", "Provides", "Conflicts", "Architecture", "ABIVersion")


class Status:
    def __init__(self, root):
        self.directory = os.path.join(root, "usr/lib/opkg")
        self.info = os.path.join(self.directory, "info")
        self.packages = {}
        self.owners = {}
        os.makedirs(self.info, exist_ok=True)
        if os.path.exists(self._path()):
            with open(self._path(), encoding="utf-8") as file:
                self.packages = {fields["Package"]: fields for fields in stanzas.parse(file.read())}
        for name in self.packages:
            with open(f"{self.info}/{name}.list", encoding="utf-8") as file:
                self.owners.update((line.strip()[1:], name) for line in file)

    def _path(self):
        return os.path.join(self.directory, "status")

    def has(self, name):
        return name in self.packages

    def begin(self, name):
        """From here on the package counts as installed, so that cycles of dependencies end."""
        self.packages[name] = {"Package": name}

    def forget(self, name):
        del self.packages[name]

    def owner(self, path):
        return self.owners.get(path)

    def add(self, fields, paths, control):
        name = fields["Package"]
        self.packages[name] = {key: fields[key] for key in KEPT if key in fields}
        self.packages[name]["Status"] = "install user installed"
        self.packages[name]["Installed-Time"] = str(rootfs.EPOCH)
        self.owners.update((path, name) for path in paths)
        with open(f"{self.info}/{name}.list", "w", encoding="utf-8") as file:
            file.writelines(f"/{path}\n" for path in paths)
        for member in control:
            if member.isfile():
                target = f"{self.info}/{name}.{os.path.basename(member.name)}"
                with open(target, "wb") as file:
                    file.write(control.extractfile(member).read())
                os.chmod(target, member.mode)

    def script(self, name, kind):
        path = f"{self.info}/{name}.{kind}"
        return path if os.path.exists(path) else None

    def save(self):
        with open(self._path(), "w", encoding="utf-8") as file:
            for name in sorted(self.packages):
                file.write(stanzas.text_of(self.packages[name]))
