"""Compares files that were made with files that are there, cell by cell."""

import math
from collections import Counter

from files import cell, read_json, read_rows

# Where a set says nothing else: × max(1, |theirs|).
TOLERANCE = 1e-9
# What a set tells of how it was made.
ABOUT = {"versions", "parameters", "gamma_max_rel_diff_vs_vollib"}


def compare(made, directory, files):
    """Prints how the files of one set agree with those of a directory; says how many cells don't."""
    tolerances = getattr(made, "TOLERANCES", {})
    wrong = 0
    for name, content in files.items():
        theirs = read_json(directory / name) if name.endswith(".json") else read_rows(directory / name)
        ours = content if name.endswith(".json") else [texts(row) for row in content]
        found = Comparison(tolerances)
        found.values(name, theirs, ours)
        found.show(f"{made.DIRECTORY}/{name}")
        wrong += found.wrong.total()
    return wrong


def texts(row):
    """A row as it would be read back."""
    return {name: cell(value) for name, value in row.items()}


class Comparison:
    """What was found in one file."""

    def __init__(self, tolerances):
        self.tolerances = tolerances
        self.compared, self.worst = 0, 0.0
        self.wrong, self.first = Counter(), {}

    def values(self, path, theirs, ours):
        """Compares two values, and what is in them."""
        if isinstance(theirs, dict) and isinstance(ours, dict):
            for name in (theirs.keys() | ours.keys()) - ABOUT:
                self.values_of(path, name, theirs, ours)
        elif isinstance(theirs, list) and isinstance(ours, list):
            if len(theirs) != len(ours):
                self.note(path, f"{len(theirs)} entries", f"{len(ours)} entries", path)
            for index, pair in enumerate(zip(theirs, ours)):
                self.values(f"{path}[{index}]", *pair)
        else:
            self.leaves(path, theirs, ours)

    def values_of(self, path, name, theirs, ours):
        """Compares one named value, that must be in both."""
        if name not in theirs or name not in ours:
            where = "theirs" if name in theirs else "ours"
            self.note(name, where, "the only one that has it", path)
        else:
            self.values(f"{path}.{name}", theirs[name], ours[name])

    def leaves(self, path, theirs, ours):
        """Compares two numbers or texts."""
        self.compared += 1
        name = path.rsplit(".", 1)[-1].split("[")[0]
        tolerance = self.tolerances.get(name, self.tolerances.get("", TOLERANCE))
        difference = distance(theirs, ours)
        if difference > tolerance:
            self.note(name, theirs, ours, path)
        else:
            self.worst = max(self.worst, difference)

    def note(self, name, theirs, ours, path):
        """Remembers a difference, and where the first of its name is."""
        self.wrong[name] += 1
        self.first.setdefault(name, f"{path}: {theirs!r}, ours {ours!r}")

    def show(self, file):
        """Prints what was found."""
        print(f"{file}: {self.compared} compared, within {self.worst:.1e}, {self.wrong.total()} wrong")
        for name, count in sorted(self.wrong.items()):
            print(f"    {name}: {count}, the first {self.first[name]}")


def distance(theirs, ours):
    """Zero where two values are the same, else their distance × 1 / max(1, |theirs|)."""
    if theirs == ours:
        return 0.0
    try:
        theirs, ours = float(theirs), float(ours)
    except (TypeError, ValueError):
        return math.inf
    return abs(theirs - ours) / max(1.0, abs(theirs))
