"""The machinery that rule families stand on."""
