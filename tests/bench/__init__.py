"""Speed as ratios: each measurement beside a baseline of the same run. ``python -m tests.bench [NAME…]``."""
