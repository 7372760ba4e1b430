"""opkg.py COMMAND [NAME...]: what the Image Builder needs of opkg, with opkg's own words.

Commands: make-key, index, update, install, list, list-installed, depends, whatdepends.
"""

import os
import sys

import opkg_feeds
import opkg_install
import opkg_query
import usign

TOPDIR = os.environ["TOPDIR"]


def make_key():
    secret = os.path.join(TOPDIR, "key-build")
    if not os.path.exists(secret):
        print("Generate local signing keys...")
        usign.make_local_key(secret, os.path.join(TOPDIR, "keys"))
        print("Generate local certificate...")


def main():
    command, names = sys.argv[1], sys.argv[2:]
    if command == "make-key":
        make_key()
    elif command == "index":
        opkg_feeds.index_local_packages()
    elif command == "update":
        sys.exit(opkg_feeds.update())
    elif command == "install":
        sys.exit(opkg_install.Installation().install(names))
    elif command in ("list", "list-installed", "depends", "whatdepends"):
        getattr(opkg_query, command.replace("-", "_"))()
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
