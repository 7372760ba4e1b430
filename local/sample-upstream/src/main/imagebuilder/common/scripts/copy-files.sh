#!/bin/bash
# Lays the caller's FILES over the root directory. As with the real Image Builder, a directory
# that is not there is not an error.
set -e
cd "$TOPDIR"
if [ -n "$FILES" ] && [ -d "$FILES" ]; then
    cp -fpR "$FILES/." "$TARGET_DIR"
    find "$TARGET_DIR" \( -name .git -o -name .svn -o -name '.#*' \) -prune -exec rm -rf {} +
    rm -rf "${TARGET_DIR:?}/tmp/"* "${TARGET_DIR:?}/boot"
fi
if [ -n "$ADD_LOCAL_KEY" ]; then
    mkdir -p "$TARGET_DIR/etc/sample"
    cp key-build.pub "$TARGET_DIR/etc/sample/local-key.pub"
fi
