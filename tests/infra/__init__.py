"""Real servers for tests, and processes that tests can kill."""
