"""Debian-like control data: "Key: value" lines, an empty line after each stanza."""


def parse(text):
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
        if fields:
            yield fields


def text_of(fields):
    return "".join(f"{key}: {value}\n" for key, value in fields.items()) + "\n"


def names(fields, key):
    """The names of a Depends-like field, without version conditions."""
    items = fields.get(key, "").split(",")
    return [item.strip().split(" ")[0] for item in items if item.strip()]


def base_name(fields):
    """The package's name without its ABI version."""
    abi = fields.get("ABIVersion", "")
    name = fields["Package"]
    return name[: -len(abi)] if abi and name.endswith(abi) else name
