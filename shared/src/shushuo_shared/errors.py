"""The errors of Shushuo, by what the caller may do about them.

ShushuoError
├── ConfigError    a setting is missing or wrong: say which and stop
├── Retryable      may succeed later: try again, with a pause
└── Poison         can never succeed: keep it in the dead letters with its reason
"""


class ShushuoError(Exception):
    """Root of all errors that Shushuo raises itself."""


class ConfigError(ShushuoError):
    """A setting is missing or wrong; the message names it, what was found and what was expected."""


class Retryable(ShushuoError):
    """The world was not ready (broker, database, network); the same call may succeed later."""


class Poison(ShushuoError):
    """This item can never be handled; the message is the reason kept with it."""
