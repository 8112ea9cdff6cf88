"""A header of two levels: groups above, each over as many columns, which are named alike under every group.

A page tells the words of merged cells, not how far they reach. So only what leaves no doubt is read: the groups are as
wide as each other, or empty cells beside them show their width.
"""

from collections.abc import Sequence

_TWO = 2


def groups_over(above: Sequence[str], below: Sequence[str], width: int) -> list[int] | None:
    """Of each of ``width`` columns, which cell of the header's upper row stands over it, all label columns first.

    ``above`` and ``below`` are the words of the two rows. None where that is in doubt.
    """
    if len(above) == len(below) == width:
        return _drawn(above, below)
    labels = next((at for at, word in enumerate(below) if word), 0)
    names = below[labels:]
    labels = labels or width - len(names)
    groups = len(above) - labels
    if len(below) not in (width, width - labels) or not (0 < labels < width and groups > 0 and all(above)):
        return None
    each, rest = divmod(len(names), groups)
    if rest or each < _TWO or len(names) != width - labels or not _is_round(names, each):
        return None
    return [*range(labels), *(labels + at // each for at in range(len(names)))]


def _drawn(above: Sequence[str], below: Sequence[str]) -> list[int] | None:
    """The cells over each column where empty ones go on with the group before them."""
    over: list[int] = []
    for at, (group, name) in enumerate(zip(above, below, strict=True)):
        goes_on = not group and over and below[over[-1]] and name
        if not group and not goes_on:
            return None
        over.append(over[-1] if goes_on else at)
    is_grouped = any(over[at] != at for at in range(len(over)))
    named_anew = any(one and above[at] and at + 1 < len(above) and above[at + 1] for at, one in enumerate(below))
    return over if is_grouped and not named_anew and over[0] == 0 and not below[0] else None


def _is_round(names: Sequence[str], each: int) -> bool:
    """Whether the names come round again after so many, each another one."""
    return (
        all(names) and len(set(names[:each])) == each and all(name == names[at % each] for at, name in enumerate(names))
    )
