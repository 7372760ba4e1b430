#!/bin/bash
# Makes the images of PROFILE for every root file system that .config switches on, and copies those
# that fit into OUTPUT_DIR.
set -e
. "$TOPDIR/scripts/image-parts.sh"

work="$KERNEL_BUILD_DIR/tmp"
made="$BUILD_DIR/json_info_files/made"
prefix="$(python3 scripts/profiles.py prefix)"
parts="${ROOTFS_PARTSIZE:-$DEFAULT_ROOTFS_PARTSIZE}"
if ! [[ "$parts" =~ ^[1-9][0-9]{0,3}$ ]]; then
    echo "ROOTFS_PARTSIZE is not a number of MiB: $parts" >&2
    exit 1
fi

rm -rf "$work" "${made%/*}" "$KERNEL_BUILD_DIR"/root.*
mkdir -p "$work" "${made%/*}"
: >"$made"

make_image() { # root-file-system type file
    local root="$KERNEL_BUILD_DIR/root.$1"
    case "$2" in
        rootfs) gzip -9n <"$root" >"$3" ;;
        combined | sdcard) disk_image "$root" "$parts" "$3" ;;
        sysupgrade) sysupgrade_image "$root" "$3" ;;
        *) echo "no recipe for image type $2" >&2 && return 1 ;;
    esac
}

# An image that does not fit is no error: that is how the real one does it.
keep_image() { # name type root-file-system limit
    local file="$work/$1" size
    size="$(stat -c %s "$file" || echo 0)"
    if [ "$4" -gt 0 ] && [ "$size" -gt "$4" ]; then
        echo "    WARNING: Image file $file is too big: $size > $4" >&2
        rm -f "$file"
    fi
    sha256sum "$file" >"$file.sha256" || true
    cp "$file" "$OUTPUT_DIR/$1" || true
    if [ -e "$file" ]; then
        echo "$1 $2 $3" >>"$made"
    else
        echo "Skip JSON creation for non existing file $file"
    fi
}

while read -r filesystem type extension limit; do
    [ -e "$KERNEL_BUILD_DIR/root.$filesystem" ] || "root_$filesystem" "$parts"
    name="$prefix-$filesystem-$type.$extension"
    make_image "$filesystem" "$type" "$work/$name"
    keep_image "$name" "$type" "$filesystem" "$limit"
done < <(python3 scripts/profiles.py images)
