"""Which packages a list of names means, in the order of their installation, or why it cannot be."""


def full_name(entry):
    return f"{entry['name']}-{entry['version']}"


def _libc_first(name):
    return name != "libc", name


class Solver:
    def __init__(self, available):
        self.available = available
        self.providers = {}
        for name in sorted(available):
            for provided in available[name]["provides"]:
                self.providers.setdefault(provided, name)

    def real_name(self, name):
        """Names without ABI version are given one."""
        return name if name in self.available else self.providers.get(name, name)

    def solve(self, names):
        """(the packages in order, the lines of the problem, how many problems they are)"""
        world = sorted({self.real_name(name) for name in names}, key=_libc_first)
        missing, order = self._missing(world), self._order(world)
        if missing:
            return [], list(_missing_lines(missing)), self._count(missing)
        conflicts = self._conflicts(order)
        if conflicts:
            return [], list(self._conflict_lines(conflicts, world)), len(conflicts)
        return [self.available[name] for name in order], [], 0

    def _missing(self, world):
        """Names that nothing provides, with those who want them: the world's first."""
        missing, seen = {}, set()
        wanted = [(name, f"world[{name}]") for name in world]
        while wanted:
            following = []
            for name, wanter in wanted:
                entry = self.available.get(self.real_name(name))
                if entry is None:
                    missing.setdefault(name, []).append(wanter)
                elif entry["name"] not in seen:
                    seen.add(entry["name"])
                    wanter = full_name(entry)
                    following += [(need, f"{wanter}[{need}]") for need in entry["depends"]]
            wanted = following
        return missing

    @staticmethod
    def _count(missing):
        """A missing package is one problem, a package that needs it another one."""
        wanters = {wanter.split("[")[0] for found in missing.values() for wanter in found}
        return len(missing) + len(wanters - {"world"})

    def _order(self, world):
        order, seen = [], set()

        def visit(name):
            name = self.real_name(name)
            if name in seen or name not in self.available:
                return
            seen.add(name)
            for need in sorted(self.available[name]["depends"]):
                visit(need)
            order.append(name)

        for name in world:
            visit(name)
        return order

    def _conflicts(self, order):
        return {
            name: enemies
            for name in order
            if (enemies := [enemy for enemy in self.available[name]["conflicts"] if enemy in order])
        }

    def _conflict_lines(self, conflicts, world):
        for name, enemies in sorted(conflicts.items()):
            yield f"  {full_name(self.available[name])}:"
            for enemy in enemies:
                yield f"    conflicts: {full_name(self.available[enemy])}[{name}]"
            if name in world:
                yield f"    satisfies: world[{name}]"


def _missing_lines(missing):
    for name, wanters in missing.items():
        yield f"  {name} (no such package):"
        yield "    required by: " + ("\n" + 17 * " ").join(wanters)
