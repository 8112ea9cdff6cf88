"""Fetching from sites that belong to others: polite, bounded, guarded, and suspicious of success."""
