"""The limits of CONTRIBUTING.md: modules and functions stay short, layers stay apart, files name no machine."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
SOURCES = [f for f in TRACKED if f.endswith(".py") and "/src/" in f and (ROOT / f).exists()]


@pytest.mark.parametrize("file", SOURCES)
def test_a_module_has_one_subject_and_at_most_300_lines(file: str) -> None:
    assert len((ROOT / file).read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("file", SOURCES)
def test_a_function_has_at_most_40_lines(file: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 40] == []


def test_services_see_only_what_is_shared() -> None:
    lint = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    registry = re.compile(r"files\.pythonhosted|pypi\.org/simple|repo1?\.maven|registry\.npmjs|index[-_]url\s*=")
    machine = re.compile(r"(?<![\w.])/(?:work|farm|home|Users)/\w+")
    texts = {f: (ROOT / f).read_text(encoding="utf-8", errors="ignore") for f in TRACKED if (ROOT / f).is_file()}
    own = "tests/architecture/test_house_limits.py"
    assert [f for f, text in texts.items() if f != own and (registry.search(text) or machine.search(text))] == []
