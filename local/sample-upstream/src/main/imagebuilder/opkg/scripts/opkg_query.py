"""opkg's lists: what is installed, what there is, what needs what."""

import os

import opkg_feeds
import stanzas
from opkg_status import Status


def list_installed():
    strip = os.environ.get("STRIP_ABI", "")
    packages = Status(os.environ["TARGET_DIR"]).packages.values()
    for fields in sorted(packages, key=lambda fields: fields["Package"]):
        name = stanzas.base_name(fields) if strip else fields["Package"]
        print(f"{name} - {fields['Version']}")


# "list" is what opkg calls it.
def list():  # pylint: disable=redefined-builtin
    for name, fields in sorted(opkg_feeds.available().items()):
        size, text = fields.get("Size", ""), fields.get("Description", "")
        print(f"{name} - {fields['Version']} - {size} - {text}")


def depends():
    asked = os.environ.get("PACKAGE", "")
    fields = opkg_feeds.available().get(asked)
    if fields:
        print(f"{asked} depends on:")
        for name in stanzas.names(fields, "Depends"):
            print(f"\t{name}")


def whatdepends():
    asked = os.environ.get("PACKAGE", "")
    print("Root set:")
    print(f"  {asked}")
    print("What depends on root set")
    for name, fields in sorted(opkg_feeds.available().items()):
        if asked in stanzas.names(fields, "Depends"):
            print(f"\t{name} {fields['Version']}\tdepends on {asked}")
