"""Places of one name told apart by where the text gives it in full (南京市鼓楼区检察院, then 鼓楼区检察院)."""

from msgspec.structs import replace

from shushuo_extract.rules.organs.mention import Mention


def told_apart(found: list[Mention]) -> list[Mention]:
    """The mentions; one of a place whose name several bear is of the one that another mention settles, if only one."""
    if not any(one.found[1:] for one in found):
        return found
    settled = {one.found[0].code for one in found if one.found and not one.found[1:]}
    return [_narrowed(one, settled) if one.found[1:] else one for one in found]


def _narrowed(mention: Mention, settled: set[str]) -> Mention:
    """The mention of the only one of its bearers that the text names elsewhere without doubt."""
    known = tuple(one for one in mention.found if one.code in settled)
    return replace(mention, found=known) if len(known) == 1 else mention
