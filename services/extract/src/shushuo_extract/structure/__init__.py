"""The shape of a report: folded text, joined lines, headings, zones, sentences."""
