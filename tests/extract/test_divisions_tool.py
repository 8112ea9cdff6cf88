"""The table of divisions can be made again from the packages it came from."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

TOOL = Path(__file__).parents[2] / "services/extract/tools/make_divisions.py"


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_divisions", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _packages(root: Path) -> tuple[Path, Path]:
    now = {
        "浙江省": {
            "code": "330000000000",
            "cities": {"嘉兴市": {"code": "330400000000", "counties": {"平湖市": "330482000000"}}},
        }
    }
    old = {"code": "330421000000", "name": "平湖县"}
    (root / "quhua/data").mkdir(parents=True)
    (root / "quhua/data/divisions_v1.json").write_text(json.dumps({"provinces": now}), encoding="utf-8")
    events = {
        "events": [{"year": 2019, "level": 3, "old": old}, {"year": 1999, "level": 3, "old": {**old, "name": "旧县"}}]
    }
    (root / "quhua/data/historical_changes_v1.json").write_text(json.dumps(events), encoding="utf-8")
    (root / "gb").mkdir()
    return root / "quhua", root / "gb"


def test_the_table_holds_what_is_in_force_and_what_lapsed_lately(tmp_path: Path) -> None:
    """Rows come in the order of codes; a lapsed name carries the last year it is known for."""
    assert _tool().table(*_packages(tmp_path)) == [
        ("330000", "浙江省", ""),
        ("330400", "嘉兴市", ""),
        ("330421", "平湖县", "2019"),
        ("330482", "平湖市", ""),
    ]
