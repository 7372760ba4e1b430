# shellcheck shell=bash
# Root file systems and disk images. Equal inputs give equal bytes: sorted names, no times but
# SOURCE_DATE_EPOCH, no owners but root, fixed ids.

readonly MIB=1048576
readonly SECTORS_BEFORE_BOOT=2048
# There is a boot loader, its first program and a real kernel, or none of them.
readonly LOADER="$KERNEL_BUILD_DIR/boot"

boots() {
    [ -d "$LOADER" ]
}

# One id for a release's disks, so that a boot loader could find its root by it.
disk_id() {
    printf %s "$VERSION $BOARD $SUBTARGET" | sha256sum | cut -c1-8
}

root_squashfs() { # size, which squashfs does not have
    mksquashfs "$TARGET_DIR" "$KERNEL_BUILD_DIR/root.squashfs" \
        -noappend -all-root -no-xattrs -no-progress -comp gzip -processors 1
}

# mke2fs -d would take over the caller's uid and times: debugfs writes the files one by one instead.
root_ext4() { # MiB
    local image="$KERNEL_BUILD_DIR/root.ext4" uuid log="$KERNEL_BUILD_DIR/tmp/ext4.log"
    uuid="$(disk_id)-5a5a-4a5a-8a5a-5a5a5a5a5a5a"
    export E2FSPROGS_FAKE_TIME="$SOURCE_DATE_EPOCH"
    rm -f "$image"
    mke2fs -q -t ext4 -b 4096 -O '^has_journal,^resize_inode' -L rootfs -U "$uuid" -m 0 \
        -E "hash_seed=$uuid,nodiscard,lazy_itable_init=0,root_owner=0:0" "$image" "$1M"
    python3 scripts/ext4_script.py "$TARGET_DIR" | debugfs -w -f - "$image" >"$log" 2>&1
    if grep -q 'Could not allocate' "$log"; then
        printf 'error: ext4_allocate_best_fit_partial: failed to allocate %s blocks, %s\n' \
            "$(du -s -B4096 "$TARGET_DIR" | cut -f1)" "out of space?" >&2
        return 1
    fi
    if grep -v '^debugfs\|^Allocated inode' "$log" | grep .; then
        echo "ext4 image is incomplete" >&2
        return 1
    fi
}

boot_partition() { # file
    local stage="$KERNEL_BUILD_DIR/tmp/boot"
    rm -rf "$stage" "$1"
    mkdir -p "$stage"
    cp "$KERNEL_BUILD_DIR/vmlinuz" "$stage/vmlinuz"
    printf 'title %s %s (sample)\nkernel /vmlinuz\nroot PARTUUID=%s-02\n' \
        "$DIST" "$VERSION" "$(disk_id)" >"$stage/boot.cfg"
    if boots; then
        cp "$LOADER/initramfs.gz" "$stage/initramfs.gz"
        loader_settings >"$stage/syslinux.cfg"
    fi
    touch -d "@$SOURCE_DATE_EPOCH" "$stage"/*
    mkfs.fat --invariant -n BOOT -i "$(disk_id)" -h "$SECTORS_BEFORE_BOOT" -C "$1" -S 512 \
        $((BOOT_MIB * 1024))
    mcopy -m -i "$1" "$stage"/* ::/
    if boots; then
        "$LOADER/syslinux" --install "$1"
    fi
}

loader_settings() {
    cat <<SETTINGS
SERIAL 0 115200
DEFAULT sample
LABEL sample
    KERNEL /vmlinuz
    INITRD /initramfs.gz
    APPEND console=ttyS0,115200 quiet panic=1 wrtfarm.disk=$(disk_id)
SETTINGS
}

disk_image() { # root MiB file.gz
    local disk="$KERNEL_BUILD_DIR/tmp/disk" boot="$KERNEL_BUILD_DIR/tmp/boot.fat" size
    size="$(stat -c %s "$1")"
    if [ "$size" -gt $(($2 * MIB)) ]; then
        echo "    WARNING: Image file $3 is too big: $size > $(($2 * MIB))" >&2
        return
    fi
    boot_partition "$boot"
    rm -f "$disk"
    truncate -s $(((1 + BOOT_MIB + $2) * MIB)) "$disk"
    sfdisk --quiet --no-reread --no-tell-kernel "$disk" <<TABLE
label: dos
label-id: 0x$(disk_id)
start=1MiB, size=${BOOT_MIB}MiB, type=c, bootable
start=$((1 + BOOT_MIB))MiB, size=${2}MiB, type=83
TABLE
    dd if="$boot" of="$disk" bs=$MIB seek=1 conv=notrunc
    dd if="$1" of="$disk" bs=$MIB seek=$((1 + BOOT_MIB)) conv=notrunc
    if boots; then
        dd if="$LOADER/mbr.bin" of="$disk" bs=440 count=1 conv=notrunc
        # As many of the real ones, it ends with its root: what lies behind that on a card, which is
        # where the overlay is, keeps whatever it held.
        truncate -s $(((1 + BOOT_MIB) * MIB + (size + 65535) / 65536 * 65536)) "$disk"
    fi
    gzip -9n <"$disk" >"$3"
}

# Kernel and root, each on a block of its own, as a flash would hold them.
sysupgrade_image() { # root file
    local block=65536
    dd if="$KERNEL_BUILD_DIR/vmlinuz" of="$2" bs=$block conv=sync
    dd if="$1" of="$2" bs=$block conv=sync,notrunc oflag=append
}
