"""Reads and writes the files of a reference set.

CSV has a header, an empty cell where a value is absent, 1 and 0 for yes and no, and the shortest
decimals that give the same f64 back.
"""

import csv
import json
import math
from pathlib import Path


def cell(value):
    """The text of a value in CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(float(value))
    return str(value)


def read_rows(path):
    """Rows of a CSV file, as texts by column."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read_json(path):
    """What a JSON file holds."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def write(directory, files):
    """Writes `files`, by name: a list of rows as CSV, anything else as JSON."""
    for name, content in files.items():
        path = Path(directory) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".json"):
            path.write_text(json.dumps(content, indent=1, allow_nan=False), encoding="utf-8")
        else:
            write_rows(path, content)


def write_rows(path, rows):
    """Writes rows as CSV; all have the columns of the first."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(rows[0].keys())
        writer.writerows([cell(value) for value in row.values()] for row in rows)


def number(text):
    """A number that may be absent."""
    return None if text in ("", None) else float(text)
