"""What words that mean an organ say of it, before it is known whose text this is."""

from typing import Literal, NamedTuple

from shushuo_extract.engine.records import Record
from shushuo_extract.rules.organs.names import OrganKind
from shushuo_extract.rules.regions import Division

Shape = Literal["supreme", "national", "named", "relative", "own", "that", "group", "generic", "body"]


# What an organ's own words say: its grade, number and field, the generic word, whether all of a place are meant.
Words = tuple[str, str, str, str, bool]


class Tail(NamedTuple):
    """What a generic word says: an organ's kind, whether of several, its grade, whether a branch's name may follow."""

    kind: OrganKind
    of_many: bool = False
    grade: str = ""
    branched: bool = False


TAILS: dict[str, Tail] = {
    "法院": Tail("court", branched=True),
    "检察院": Tail("procuratorate", branched=True),
    "检察机关": Tail("procuratorate", of_many=True),
    "检察系统": Tail("procuratorate", of_many=True),
    "检察分院": Tail("procuratorate"),
    "中院": Tail("court", grade="中级"),
    "高院": Tail("court", grade="高级"),
}


class Mention(Record, frozen=True):
    """Words that mean an organ. ``place`` is the text's word for where, ``found`` the divisions that bear it.

    ``scope`` is a relative place (市, 全省), ``grade`` 中级 or 高级, ``nth`` a number among several organs of one
    place, ``field`` a special court's field, ``tail`` the generic word; ``plural`` where all organs of the place are
    meant; ``spelled`` the full name of an organ whose place no table knows, or that place alone where it is a zone.
    A ``group`` is several places' organs together (京津冀三地法院).
    """

    start: int
    end: int
    shape: Shape
    kind: OrganKind
    place: str = ""
    found: tuple[Division, ...] = ()
    scope: str = ""
    grade: str = ""
    nth: str = ""
    field: str = ""
    tail: str = ""
    plural: bool = False
    spelled: str = ""

    def words(self) -> Words:
        """What the organ's own words say."""
        return self.grade, self.nth, self.field, self.tail, self.plural

    def at(
        self,
        start: int,
        shape: Shape,
        place: str = "",
        found: tuple[Division, ...] = (),
        *,
        scope: str = "",
        spelled: str = "",
    ) -> "Mention":
        """The same words where what stands before them, and so what they mean, is known."""
        return Mention(
            start, self.end, shape, self.kind, place, found,
            scope, self.grade, self.nth, self.field, self.tail, self.plural, spelled,
        )  # fmt: skip
