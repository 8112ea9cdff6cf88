"""Each service installs and imports with the shared package alone; the other two are not there."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVICES = ["ingest", "extract", "publish"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_installs_and_starts_without_the_others(service: str, tmp_path: Path) -> None:
    uv = str(Path(sys.executable).with_name("uv"))
    python = tmp_path / "bin" / "python"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(tmp_path)], check=True)
    install = [uv, "pip", "install", "--quiet", "--python", str(python)]
    lock = [
        "--constraint",
        str(ROOT / "deploy" / "runtime.lock"),
        str(ROOT / "shared"),
        str(ROOT / "services" / service),
    ]
    subprocess.run([*install, *lock], check=True, cwd=ROOT)
    others = [f"shushuo_{other}" for other in SERVICES if other != service]
    script = (
        f"import importlib.util as u, shushuo_{service}.app; "
        f"assert not [m for m in {others!r} if u.find_spec(m)]; print('alone')"
    )
    done = subprocess.run([str(python), "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout == "alone\n", done.stderr
