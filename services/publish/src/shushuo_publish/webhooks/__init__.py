"""Telling programs: who gets what, the signed document, and its delivery until it has arrived."""
