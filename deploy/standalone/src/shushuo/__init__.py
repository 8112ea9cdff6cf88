"""Shushuo (数说): the command line, and the launcher of the services."""
