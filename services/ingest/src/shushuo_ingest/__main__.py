"""``python -m shushuo_ingest`` runs the service."""

from shushuo_ingest.app import run
from shushuo_ingest.settings import IngestSettings
from shushuo_shared.process import run_process
from shushuo_shared.settings import load

if __name__ == "__main__":
    run_process("ingest", lambda: load(IngestSettings), run)
