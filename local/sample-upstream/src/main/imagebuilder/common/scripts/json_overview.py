"""Writes profiles.json into OUTPUT_DIR.

A profiles.json of the same version that is already there is kept and added to, as upstream does it.
"""

import hashlib
import json
import os

import target_info

OUTPUT_DIR = os.environ["OUTPUT_DIR"]


def image_entry(info, line):
    name, image_type, filesystem = line.split()
    with open(os.path.join(OUTPUT_DIR, name), "rb") as file:
        content = file.read()
    digest = hashlib.sha256(content).hexdigest()
    entry = {
        "filesystem": filesystem,
        "name": name,
        "sha256": digest,
        "sha256_unsigned": digest,
        "type": image_type,
    }
    if info["manager"] == "apk":
        entry["size"] = len(content)
    return entry


def profile_entry(info, name, images):
    profile = info["profiles"][name]
    entry = {
        "device_packages": profile["device_packages"],
        "image_prefix": target_info.image_prefix(info, name),
        "images": images,
        "supported_devices": profile["supported_devices"],
        "titles": profile["titles"],
    }
    if info["manager"] == "apk" and profile["image_size"]:
        entry["file_size_limits"] = {"image": profile["image_size"]}
    return entry


def overview(info, path):
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            old = json.load(file)
        if old["version_code"] == info["version_code"]:
            return old
    taken = ("arch_packages", "default_packages", "linux_kernel", "source_date_epoch", "target")
    fresh = {key: info[key] for key in taken + ("version_code", "version_number")}
    return fresh | {"metadata_version": 1, "profiles": {}}


def main():
    info = target_info.load()
    with open(f"{os.environ['BUILD_DIR']}/json_info_files/made", encoding="utf-8") as file:
        images = [image_entry(info, line) for line in file]
    path = os.path.join(OUTPUT_DIR, "profiles.json")
    output = overview(info, path)
    # A profile none of whose images fitted is not listed, nor is it on a real download server.
    if images:
        name = target_info.required_profile(info)
        if name in output["profiles"]:
            new = {image["name"] for image in images}
            old = output["profiles"][name]["images"]
            images = [image for image in old if image["name"] not in new] + images
        output["profiles"][name] = profile_entry(info, name, images)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(output, file, sort_keys=True, separators=(",", ":"))


if __name__ == "__main__":
    main()
