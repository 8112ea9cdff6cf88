"""Courts and procuratorates: found in the text, resolved to full official names, and who speaks where."""

from shushuo_extract.rules.organs.acting import subjects
from shushuo_extract.rules.organs.homes import home_of
from shushuo_extract.rules.organs.owners import Owned, Ownership, ownership
from shushuo_extract.rules.organs.resolve import Home, resolve

__all__ = ["Home", "Owned", "Ownership", "home_of", "ownership", "resolve", "subjects"]
