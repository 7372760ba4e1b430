#!/bin/bash
# prereq.sh STAMP: checks the build host once per tree, and links the tools that were found into
# staging_dir/host/bin. FORCE=1 goes on in spite of what is missing.
stamp="$1"
bin="$TOPDIR/staging_dir/host/bin"
missing=()
mkdir -p "$bin"

result() {
    echo "Checking '$1'... $2."
}

check() {
    local name="$1" advice="$2"
    shift 2
    if "$@" >/dev/null 2>&1; then
        result "$name" ok
    else
        result "$name" failed
        missing+=("$advice")
    fi
}

# The link may not point into our own directory when a tree is checked again.
tool() {
    local name="$1" package="$2" path
    path="$(PATH="${PATH#"$bin:"}" command -v "${3:-$name}")"
    if [ -z "$path" ]; then
        result "$name" failed
        missing+=("Please install '$package'")
    elif [ "$(readlink "$bin/$name")" = "$path" ]; then
        result "$name" ok
    else
        ln -sf "$path" "$bin/$name"
        result "$name" updated
    fi
}

case_sensitive() {
    rm -f "$TOPDIR/staging_dir/host/Case-Test" && : >"$TOPDIR/staging_dir/host/case-test" &&
        [ ! -e "$TOPDIR/staging_dir/host/Case-Test" ]
}

python_is_new() {
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))'
}

check true "Please install 'coreutils'" true
check false "Please install 'coreutils'" eval '! false'
check working-make "Please install GNU make v4.1 or later." make --version
check case-sensitive-fs "The sample can only be built on a case-sensitive filesystem" \
    case_sensitive
check proper-umask "Please build with umask 022 - other values produce broken packages" \
    eval '[ "$(umask)" = 0022 ]'
tool tar tar
tool find findutils
tool bash bash
tool xargs findutils
tool cp coreutils
tool seq coreutils
tool awk gawk gawk
tool grep grep
tool realpath coreutils
tool stat coreutils
tool gzip gzip
tool wget wget
tool install coreutils
tool python3 python3
check python3-stdlib "Please install Python >= 3.9" python_is_new
tool mksquashfs squashfs-tools
tool mke2fs e2fsprogs
tool debugfs e2fsprogs
tool mkfs.fat dosfstools
tool mcopy mtools
tool sfdisk fdisk

if [ ${#missing[@]} -gt 0 ]; then
    echo
    printf 'Build dependency: %s\n' "${missing[@]}"
    echo
    if [ -z "$FORCE" ]; then
        echo "Prerequisite check failed. Use FORCE=1 to override."
        exit 1
    fi
fi
touch "$stamp"
