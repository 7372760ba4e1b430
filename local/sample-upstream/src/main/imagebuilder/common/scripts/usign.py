"""Keys and signatures in the format of usign: two lines, the second one base64."""

import base64
import os

import ed25519


def _read(path):
    with open(path, encoding="ascii") as file:
        return base64.b64decode(file.read().split("\n")[1])


def _write(path, comment, raw):
    with open(path, "w", encoding="ascii") as file:
        file.write(f"untrusted comment: {comment}\n{base64.b64encode(raw).decode()}\n")


def verify(keys_directory, signature_path, message):
    """Is this message signed by a key of that directory, whose files are named by key id?"""
    try:
        signature = _read(signature_path)
        key = _read(os.path.join(keys_directory, signature[2:10].hex()))
    except (OSError, ValueError, IndexError):
        return False
    return key[2:10] == signature[2:10] and ed25519.verify(key[10:], message, signature[10:])


def make_local_key(secret_path, keys_directory):
    """A key of this tree alone, for the index of its own packages."""
    seed, key_id = os.urandom(32), os.urandom(8)
    public = b"Ed" + key_id + ed25519.public_key(seed)
    with open(os.open(secret_path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        file.write(key_id + seed)
    for path in (secret_path + ".pub", os.path.join(keys_directory, key_id.hex())):
        _write(path, f"local sample key {key_id.hex()}", public)


def sign(secret_path, message, signature_path):
    with open(secret_path, "rb") as file:
        secret = file.read()
    signature = b"Ed" + secret[:8] + ed25519.sign(secret[8:], message)
    _write(signature_path, f"signed by key {secret[:8].hex()}", signature)
