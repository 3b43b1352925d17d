#!/usr/bin/env python3
"""Makes src/RequestsAsync/Cookies/PublicSuffixes.txt from Debian's package `publicsuffix`.

    apt-get update && apt-get install -y publicsuffix && eng/update-public-suffixes.py

One rule a line, in punycode and ordinal order of the names, so that the library can search the text as it is.
A mark behind the name keeps what the list writes in front of it:
    name    the name is a public suffix
    name*   every name one label below is one     (*.name)
    name+   both
    name!   the name is none, whatever its parent says (!name)
"""
import pathlib
import subprocess

PACKAGE = "publicsuffix"
TARGET = pathlib.Path(__file__).resolve().parent.parent / "src/RequestsAsync/Cookies/PublicSuffixes.txt"
NOTICE = """\
// Public suffixes, made by eng/update-public-suffixes.py from Debian's {package} {version}
// (https://publicsuffix.org/list/public_suffix_list.dat, ICANN and PRIVATE sections).
// This Source Code Form is subject to the terms of the Mozilla Public
// License, v. 2.0. If a copy of the MPL was not distributed with this
// file, You can obtain one at https://mozilla.org/MPL/2.0/.
"""


def ask(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def ascii_label(label: str) -> str:
    # The list is lower case and normalised already, so that only the encoding itself is left to do.
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def rules(text: str) -> dict[str, str]:
    marks: dict[str, str] = {}
    for line in text.splitlines():
        rule = line.split(maxsplit=1)[0] if line.strip() else ""
        if not rule or rule.startswith("//"):
            continue
        mark = "!" if rule.startswith("!") else "*" if rule.startswith("*.") else ""
        name = ".".join(map(ascii_label, rule.removeprefix("!").removeprefix("*.").lower().split(".")))
        marks[name] = mark if marks.get(name, mark) == mark else "+"
    return marks


def main() -> None:
    version = ask("dpkg-query", "--show", "--showformat=${Version}", PACKAGE)
    source = next(path for path in ask("dpkg", "--listfiles", PACKAGE).split() if path.endswith("/public_suffix_list.dat"))
    marks = rules(pathlib.Path(source).read_text(encoding="utf-8"))
    lines = "".join(f"{name}{marks[name]}\n" for name in sorted(marks))
    TARGET.write_text(NOTICE.format(package=PACKAGE, version=version) + lines, encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
