"""Courts and procuratorates: found in the text, resolved to full official names, and who speaks where."""

from shushuo_extract.rules.organs.owners import at, home_of, narrator, owner, subjects
from shushuo_extract.rules.organs.resolve import Home, resolve

__all__ = ["Home", "at", "home_of", "narrator", "owner", "resolve", "subjects"]
