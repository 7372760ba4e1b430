"""apk's lists: what is installed, what there is, what needs what."""

import os

import apk_feeds
from apk_database import Database
from apk_solver import full_name


def list_installed():
    strip = os.environ.get("STRIP_ABI", "")
    for entry in Database(os.environ["TARGET_DIR"]).entries:
        name = entry["name"]
        if strip and entry["abi"]:
            name = name.removesuffix(entry["abi"])
        print(f"{name} - {entry['version']}")


def _description(entry):
    return f"{full_name(entry)} {entry['arch']} {{{entry['name']}}} (sample)"


# "list" is what apk calls it.
def list():  # pylint: disable=redefined-builtin
    for _, entry in sorted(apk_feeds.available().items()):
        print(_description(entry))


def depends():
    entry = apk_feeds.available().get(os.environ.get("PACKAGE", ""))
    if entry:
        print(f"{full_name(entry)} depends on:")
        print("\n".join(entry["depends"]) + "\n")


def whatdepends():
    asked = os.environ.get("PACKAGE", "")
    for _, entry in sorted(apk_feeds.available().items()):
        if asked in entry["depends"] or asked == entry["name"]:
            print(_description(entry))
