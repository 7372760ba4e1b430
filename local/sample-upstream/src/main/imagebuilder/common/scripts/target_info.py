"""What this Image Builder knows about its target: .targetinfo.json and .config."""

import json
import os
import re
import sys

TOPDIR = os.environ.get("TOPDIR", os.getcwd())


def load():
    with open(os.path.join(TOPDIR, ".targetinfo.json"), encoding="utf-8") as file:
        return json.load(file)


def chosen_profile(info):
    """The name that PROFILE means, or None. Of several names the first known one counts."""
    words = os.environ.get("PROFILE", "").split()
    if not words:
        return next(iter(info["profiles"]))
    names = [re.sub("^DEVICE_", "", word) for word in words]
    return next((name for name in names if name in info["profiles"]), None)


def required_profile(info):
    name = chosen_profile(info)
    if name is None:
        sys.exit("no such profile")
    return name


def title(profile):
    first = profile["titles"][0]
    words = [first["vendor"], first["model"], first.get("variant", "")]
    return " ".join(word for word in words if word)


def enabled_filesystems():
    """In the order in which images are made."""
    with open(os.path.join(TOPDIR, ".config"), encoding="utf-8") as file:
        lines = file.read().split("\n")
    return [
        name
        for name in ("squashfs", "ext4")
        if f"CONFIG_TARGET_ROOTFS_{'EXT4FS' if name == 'ext4' else 'SQUASHFS'}=y" in lines
    ]


def image_prefix(info, profile):
    """<dist>-<version>-[extra-]<board>-<subtarget>-<profile>"""
    extra = os.environ.get("EXTRA_IMAGE_NAME", "")
    extra = re.sub(r"[_\s]", "-", extra.strip()).lower()
    if "/" in extra or ".." in extra:
        sys.exit(f"EXTRA_IMAGE_NAME is not a part of a file name: {extra}")
    parts = [info["dist"], info["version_number"], extra, info["target"].replace("/", "-"), profile]
    return "-".join(part for part in parts if part)
