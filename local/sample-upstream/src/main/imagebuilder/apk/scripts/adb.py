"""The sample's packages.adb: a line that names the format, a signature line, JSON entries.

It is not apk's format, which nobody but apk needs to read. A key is an Ed25519 public key in PEM.
"""

import base64
import glob
import json
import os

import ed25519

MAGIC = b"wrtfarm-sample-adb-1"
# What stands before the 32 bytes of an Ed25519 public key in DER.
DER_PREFIX = bytes.fromhex("302a300506032b6570032100")


class Untrusted(Exception):
    """No key of this Image Builder signed the index."""


def _public_keys(directory):
    for path in sorted(glob.glob(os.path.join(directory, "*.pem"))):
        with open(path, encoding="ascii") as file:
            body = "".join(line for line in file.read().split("\n") if not line.startswith("-"))
        yield base64.b64decode(body)[-32:]


def read(path, keys_directory):
    with open(path, "rb") as file:
        content = file.read()
    try:
        magic, signature, entries = content.split(b"\n", 2)
        signature = base64.b64decode(signature)
    except ValueError as error:
        raise Untrusted() from error
    keys = _public_keys(keys_directory)
    if magic != MAGIC or not any(ed25519.verify(key, entries, signature) for key in keys):
        raise Untrusted()
    return json.loads(entries)


def write(path, entries, topdir):
    with open(os.path.join(topdir, "private-key"), "rb") as file:
        seed = file.read()
    text = json.dumps(entries).encode()
    with open(path, "wb") as file:
        file.write(MAGIC + b"\n" + base64.b64encode(ed25519.sign(seed, text)) + b"\n" + text)


def make_local_key(topdir):
    """A key of this tree alone, for the index of its own packages."""
    seed = os.urandom(32)
    with open(os.open(f"{topdir}/private-key", os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        file.write(seed)
    public = ed25519.public_key(seed)
    pem = base64.b64encode(DER_PREFIX + public).decode()
    text = f"-----BEGIN PUBLIC KEY-----\n{pem}\n-----END PUBLIC KEY-----\n"
    for path in (f"{topdir}/key-build.pub", f"{topdir}/keys/local-{public[:4].hex()}.pem"):
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
