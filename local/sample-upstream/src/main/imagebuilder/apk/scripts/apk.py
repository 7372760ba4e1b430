"""apk.py COMMAND [NAME...]: what the Image Builder needs of apk, with apk's own words.

Commands: make-key, index, update, add, run-scripts, list, list-installed, depends, whatdepends.
"""

import os
import sys

import adb
import apk_feeds
import apk_install
import apk_query

TOPDIR = os.environ["TOPDIR"]


def make_key():
    if not os.path.exists(os.path.join(TOPDIR, "private-key")):
        print("Generate local signing keys...")
        adb.make_local_key(TOPDIR)


def main():
    command, names = sys.argv[1], sys.argv[2:]
    if command == "make-key":
        make_key()
    elif command == "index":
        apk_feeds.index_local_packages()
    elif command == "update":
        apk_feeds.update()
        print("OK: 0 B in 0 packages")
    elif command == "add":
        sys.exit(apk_install.add(names))
    elif command == "run-scripts":
        sys.exit(apk_install.run_scripts())
    elif command in ("list", "list-installed", "depends", "whatdepends"):
        getattr(apk_query, command.replace("-", "_"))()
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
