"""``python -m shushuo`` is the command line."""

from shushuo.cli import main

main()
