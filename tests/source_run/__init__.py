"""Ingest against a web site that changes, fails, lies, redirects inward and comes back: told in docs/SOURCE_RUN.md."""
