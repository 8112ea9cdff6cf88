"""``make compose-test``: brings docker-compose.yml up for real and sends the samples through, file to webhook.

Where no image can be pulled, ``SHARED/compose/stand-ins`` makes the base images from packages; with a registry at hand
the images are simply pulled. Needs root on Debian for the stand-ins, or a running Docker.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from deploy.kafka.broker import fetch_jars
from deploy.programs import free_port
from shushuo.launcher import sample_files
from tests.pipeline.receiver import Receiver

ROOT = Path(__file__).parents[1]
STAND_INS = ROOT.parent / "shared" / "compose" / "stand-ins"
TOKEN = "compose-test-token"


def images() -> dict[str, str]:
    """Base image by what it holds, as the Dockerfile and the compose file name them."""
    named = re.findall(r"^FROM (\S+)", (ROOT / "deploy/Dockerfile").read_text(), re.M)
    named += re.findall(r"image: (\S+)", (ROOT / "docker-compose.yml").read_text())
    return {tag.split("/")[-1].split(":")[0]: tag for tag in named}


def make_stand_ins() -> None:
    """Make the base images that are not there yet."""
    subprocess.run([STAND_INS, "daemon"], check=True)
    for kind, tag in images().items():
        there = subprocess.run(["docker", "image", "inspect", tag], capture_output=True, check=False).returncode == 0
        if not there:
            print(f"making a stand-in for {tag} …", flush=True)
            subprocess.run([STAND_INS, kind, tag, *([str(fetch_jars())] if kind == "kafka" else [])], check=True)


def compose(*arguments: str, environment: dict[str, str], check: bool = True) -> None:
    """Run docker-compose on this project's file."""
    command = ["docker-compose", "-p", "shushuo-test", "-f", str(ROOT / "docker-compose.yml"), *arguments]
    subprocess.run(command, env=environment, check=check, cwd=ROOT)


def wait_ready(url: str, seconds: float = 180) -> None:
    """Wait until the address answers 200."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=5, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(1)
    raise SystemExit(f"{url} was not ready within {seconds} s")


def send_samples(environment: dict[str, str], receiver: Receiver) -> int:
    """Register the receiver, submit the samples; how many came back as one signed webhook each."""
    shushuo = [sys.executable, "-m", "shushuo"]
    with tempfile.TemporaryDirectory() as folder:
        for name, data in sample_files():
            (Path(folder) / name).write_bytes(data)
        subprocess.run([*shushuo, "submit", folder], env=environment, check=True)
    wanted = len(list(sample_files()))
    deadline = time.monotonic() + 90
    while len(receiver.of_type("report.published")) < wanted and time.monotonic() < deadline:
        time.sleep(0.5)
    arrived = receiver.of_type("report.published")
    for events in arrived.values():
        print(f"{events[0]['data']['report_id']}  {len(events)} webhook  {events[0]['data'].get('title', '')}")
    return wanted - sum(len(events) == 1 for events in arrived.values())


def main() -> int:
    """Build, start, send, stop; 1 when a sample did not arrive exactly once."""
    if STAND_INS.exists():
        make_stand_ins()
    elif subprocess.run(["docker", "info"], capture_output=True, check=False).returncode:
        raise SystemExit(f"no Docker answers here: start its daemon (where no image can be pulled, {STAND_INS} does)")
    port, ingest_port = free_port(), free_port()
    gateway = os.environ.get("COMPOSE_TEST_HOST", "172.17.0.1")
    environment = {
        **os.environ,
        "POSTGRES_PASSWORD": "compose-test",
        "SHUSHUO_ADMIN_TOKEN": TOKEN,
        "SHUSHUO_WEBHOOK_ALLOW_PRIVATE": "1",
        "SHUSHUO_PORT": str(port),
        "SHUSHUO_INGEST_PORT": str(ingest_port),
        "SHUSHUO_URL": f"http://127.0.0.1:{port}",
        "SHUSHUO_INGEST_URL": f"http://127.0.0.1:{ingest_port}",
    }
    try:
        compose("up", "--build", "-d", environment=environment)
        wait_ready(f"http://127.0.0.1:{port}/readyz")
        wait_ready(f"http://127.0.0.1:{ingest_port}/healthz")
        with Receiver(host="0.0.0.0") as receiver:
            url = receiver.url.replace("0.0.0.0", gateway)
            headers = {"authorization": f"Bearer {TOKEN}"}
            made = httpx.post(f"http://127.0.0.1:{port}/api/v1/webhooks", json={"url": url}, headers=headers)
            receiver.secret = made.raise_for_status().json()["secret"]
            missing = send_samples(environment, receiver)
    finally:
        compose("logs", "--tail", "15", environment=environment, check=False)
        compose("down", "-v", environment=environment, check=False)
    print("every sample arrived once" if not missing else f"{missing} samples did not arrive once")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
