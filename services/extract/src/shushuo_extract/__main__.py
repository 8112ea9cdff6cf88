"""``python -m shushuo_extract`` runs the service."""

from shushuo_extract.app import run
from shushuo_extract.settings import ExtractSettings
from shushuo_shared.process import run_process
from shushuo_shared.settings import load

if __name__ == "__main__":
    run_process("extract", lambda: load(ExtractSettings), run)
