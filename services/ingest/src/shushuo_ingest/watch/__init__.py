"""Watching sources: when to look, what is new, whose turn it is, and when silence is an alarm."""
