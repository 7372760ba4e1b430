"""ext4_script.py ROOT: prints the debugfs commands that copy ROOT; all of it will be root's."""

import os
import stat
import sys


def quoted(path):
    return '"' + path + '"'


def commands(root):
    for directory, subdirectories, files in os.walk(root):
        inside = "/" + os.path.relpath(directory, root) if directory != root else "/"
        yield f"cd {quoted(inside)}"
        # os.walk() takes links to directories for directories, and walks in the order of this list.
        entries = sorted(subdirectories + files)
        subdirectories.sort()
        for name in entries:
            yield from entry(os.path.join(directory, name), name)


def entry(source, name):
    found = os.lstat(source)
    if stat.S_ISLNK(found.st_mode):
        yield f"symlink {quoted(name)} {quoted(os.readlink(source))}"
        return
    if stat.S_ISDIR(found.st_mode):
        yield f"mkdir {quoted(name)}"
    else:
        yield f"write {quoted(source)} {quoted(name)}"
    yield f"sif {quoted(name)} mode 0{found.st_mode:o}"
    yield f"sif {quoted(name)} mtime @{int(found.st_mtime)}"


if __name__ == "__main__":
    print("\n".join(commands(sys.argv[1])))
