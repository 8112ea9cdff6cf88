"""Values that are made by the thousand: msgspec makes and compares them in C, at a fifth of a named tuple's cost."""

import msgspec


class Record(msgspec.Struct, frozen=True, gc=False):
    """A fixed value.

    The garbage collector leaves it out: a value only holds what was made before it, so none can be in a circle.
    """


class Draft(msgspec.Struct, gc=False):
    """A value in the making, which its maker changes; likewise in no circle."""
