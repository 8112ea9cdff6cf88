"""Reads what a court or procuratorate publishes: figures, placings and highlights, each with its proof."""

from .reader import read_text

__all__ = ["read_text"]
