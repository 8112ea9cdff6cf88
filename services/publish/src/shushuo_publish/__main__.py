"""``python -m shushuo_publish`` runs the service."""

from shushuo_publish.app import run
from shushuo_publish.settings import PublishSettings
from shushuo_shared.process import run_process
from shushuo_shared.settings import load

if __name__ == "__main__":
    run_process("publish", lambda: load(PublishSettings), run)
