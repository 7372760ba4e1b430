"""profiles.py info|check|headline|packages|images|prefix: answers about PROFILE and PACKAGES."""

import os
import sys

import target_info


def package_list(info, profile):
    """The caller's packages first, then the defaults without those that the caller removes.

    A removal touches the defaults only: a removed package comes back when another one needs it.
    """
    asked = os.environ.get("PACKAGES", "").split()
    device = info["profiles"][profile]["device_packages"]
    removed = {word[1:] for word in asked + device if word.startswith("-")}
    added = [word for word in dict.fromkeys(asked) if not word.startswith("-")]
    defaults = {word for word in info["default_packages"] + device if not word.startswith("-")}
    defaults.add("kernel")
    return added + sorted(defaults - removed - set(added))


def print_info(info):
    print(f'Current Target: "{info["target"]}"')
    print(f'Current Architecture: "{info["arch_packages"]}"')
    print(f'Current Revision: "{info["version_code"]}"')
    print(f"Default Packages: {' '.join(info['default_packages'])}")
    print("Available Profiles:")
    for name, profile in info["profiles"].items():
        print(f"\n{name}:")
        print(f"    {target_info.title(profile)}")
        print(f"    Packages: {' '.join(profile['device_packages'])}")
        print("    hasImageMetadata: 0")
        if profile["supported_devices"]:
            print(f"    SupportedDevices: {' '.join(profile['supported_devices'])}")


def check(info):
    if target_info.chosen_profile(info) is None:
        print(f'Profile "{os.environ["PROFILE"]}" does not exist!')
        print('Use "make info" to get a list of available profile names.')
        sys.exit(1)


def headline(info):
    profile = target_info.required_profile(info)
    board = info["target"].split("/")[0]
    print(f"Building images for {board} - {target_info.title(info['profiles'][profile])}")
    print(f"Packages: {' '.join(package_list(info, profile))}")


def images(info):
    """A line for each image: file system, type, extension, largest size or 0."""
    profile = info["profiles"][target_info.required_profile(info)]
    for filesystem in target_info.enabled_filesystems():
        for image in profile["images"]:
            limit = profile["image_size"] if image["type"] == "sysupgrade" else 0
            print(filesystem, image["type"], image["extension"], limit)


def main():
    info = target_info.load()
    command = sys.argv[1]
    if command == "info":
        print_info(info)
    elif command == "check":
        check(info)
    elif command == "headline":
        headline(info)
    elif command == "packages":
        print(" ".join(package_list(info, target_info.required_profile(info))))
    elif command == "images":
        images(info)
    elif command == "prefix":
        print(target_info.image_prefix(info, target_info.required_profile(info)))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
