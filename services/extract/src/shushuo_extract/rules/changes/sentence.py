"""One sentence's amounts told apart: metrics, and the changes that belong to them."""

from msgspec import field
from msgspec.structs import replace

from shushuo_extract.engine.records import Draft
from shushuo_extract.engine.types import Amount, Bound, Document
from shushuo_shared.report import Basis

from . import links
from .bases import basis_of, between_years, is_last_year, is_of_year_untold, own_words
from .rules import RELATIVE, Growth, are_alike, better_is_lower, direction_of, growth

_POINTS, _RATES = frozenset({"百分点"}), frozenset({"%", "‰"})
_LEAD = 60  # characters before an amount that may say what it is
_REACH = 24  # amounts before a change that it may belong to


class Telling(Draft):
    """The amounts of one sentence, by their indices in the report, and what has been read of them.

    ``before`` holds the metrics of the sentence before, for a sentence that only tells how they grew; ``year`` is the
    one that the report tells of, where its opening names it; ``label`` the line above a number alone on its line;
    ``gaps`` the words between each amount and the one before it, or the sentence's beginning.
    """

    doc: Document
    amounts: list[Amount]
    order: list[int]
    before: list[int]
    year: int | None = None
    label: str = ""
    bounds: dict[int, Bound] = field(default_factory=dict)
    growths: dict[int, Growth] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)

    def read(self) -> dict[int, Bound]:
        """The role of each amount of the sentence."""
        self.gaps = [self._since(at, at - 1) for at in range(len(self.order))]
        self.gaps[0] = self.label + self.gaps[0]
        chains: list[list[int]] = []
        for at in range(len(self.order)):
            self._read_at(at, chains)
        for chain in chains:
            self._link(chain)
        return self.bounds

    def _read_at(self, at: int, chains: list[list[int]]) -> None:
        """Tell whether an amount is a change, and of which chain of changes."""
        amount, last, gap = self._amount(at), self._growth(at - 1), self.gaps[at]
        dealt = last is not None and links.in_turn(self.gaps[chains[-1][0]])
        if last is not None and (self._joins(at, dealt) or self._completes_pair(at)):
            signed = last._replace(direction=direction_of(gap[-1])) if gap.endswith(("+", "-")) else last
            self._note(at, signed, "<change> and <change>")
            chains[-1].append(at)
            return
        found = growth(self._lead(at), amount.unit)
        if found is None:
            self.bounds[self.order[at]] = Bound(amount, "metric")
            return
        rule, made = found
        direction = better_is_lower(self._told(at)) or made.direction
        self._note(at, made._replace(basis=self._basis(at, made), direction=direction), rule)
        goes_on = last is not None and links.names_nothing(made.own)
        listed = goes_on and (dealt or (gap.startswith(("、", "和")) and self._listed(chains[-1][0])))
        if listed and not links.is_size(gap) and not links.in_turn(gap):
            chains[-1].append(at)
        else:
            chains.append([at])

    def _joins(self, at: int, dealt: bool) -> bool:
        """Whether an amount goes on with the list of the change before it."""
        return links.is_joint(self.gaps[at]) and (dealt or are_alike(self._amount(at), self._amount(at - 1)))

    def _completes_pair(self, at: int) -> bool:
        """Whether an amount is the persons of a pair that grew together: 增加2件3人."""
        return not self.gaps[at] and self._amount(at - 1).unit == "件" and self._amount(at).unit in {"人", "名"}

    def _note(self, at: int, made: Growth, rule: str) -> None:
        self.growths[self.order[at]] = made
        self.bounds[self.order[at]] = Bound(self._amount(at), "change", None, made.basis, made.direction, rule)

    def _basis(self, at: int, made: Growth) -> Basis:
        """A change that states no base shares that of the change before it, or that of 由…升至… before it."""
        if made.basis == "previous_period" and is_last_year(self._lead(at), self._told(at), self.year):
            return "yoy"
        if made.basis != "other" or made.stated or "年均" in self.gaps[at]:
            return made.basis
        moved = at >= 2 and self._is_base(at - 2) and self._growth(at - 1) is None
        if moved and (basis := basis_of(self.gaps[at - 2][-20:])) != "other":
            return basis
        if at >= 2 and self._growth(at - 1) is None and self._growth(at - 2) is None:
            between = between_years(self.gaps[at - 2], self.gaps[at - 1])
            if between != "other":
                return between
        near = (self._growth(i) for i in range(at - 1, max(-1, at - 1 - _REACH), -1))
        earlier = next((g.basis for g in near if g is not None), basis_of(self.gaps[at - 1]) if at else "other")
        return made.basis if earlier == "average" else earlier

    def _link(self, chain: list[int]) -> None:
        """Bind the changes of a chain to their metrics."""
        first = chain[0]
        made = self.growths[self.order[first]]
        gap = self.gaps[first]
        if links.is_share_untold(gap) and self._amount(first - 1).unit != "%":
            return
        if links.turns_anew(gap) or is_of_year_untold(gap, self._told(first).removesuffix(gap)):
            return
        if links.names_a_kind(made.own) or not links.names_nothing(made.own):
            if not self._link_recalled(chain, made.own):
                self._link_forward(chain)
            return
        if len(chain) == 1 and self._has_led_on(first):
            self._bind(first, self.order[first + 1])
            return
        self._link_back(chain, self._metrics_before(first))

    def _link_back(self, chain: list[int], metrics: list[int]) -> None:
        """Bind a chain to the metrics before it: all to one, or in turn."""
        first = chain[0]
        listed = self._listed(first)
        slots = self._slots(chain)
        if len(slots) > len(chain) and not listed and links.in_turn(self.gaps[first]):
            listed = metrics[-len(slots) :]
        if len(listed) == len(slots) > len(chain):
            metrics = [metric for metric, at in zip(listed, slots, strict=True) if at is not None]
        is_dealt = all(not self.gaps[at] or links.is_joint(self.gaps[at]) for at in chain[1:]) or links.in_turn(
            self.gaps[first]
        )
        cases = [metric for metric in metrics if self.amounts[metric].unit == "件"]
        metrics = cases if metrics is self.before and len(cases) == len(chain) else self._of_unit(chain, metrics)
        metrics = self._pairs_as_one(chain, metrics)
        one_for_all = len(chain) == 1 or len(metrics) == 1 or links.has_bases_in_turn(self.gaps[first])
        if one_for_all or not (is_dealt or len(listed) == len(slots)):
            metric = self._first_of_pair(links.latest(metrics, self.amounts, self._amount(first).unit))
            metric = self._of_share(metric, metrics, first)
            metric = self._of_later(metric, metrics)
            for at in chain:
                self._bind(at, metric)
        else:
            self._deal(chain, metrics)

    def _deal(self, chain: list[int], metrics: list[int]) -> None:
        """Bind as many changes to as many metrics in turn, or rounds of them: 增加320件、410件，增长3%、4%."""
        dealt = metrics[-len(chain) :]
        if dealt and not len(chain) % len(dealt):
            for at, metric in zip(chain, dealt * (len(chain) // len(dealt)), strict=True):
                self._bind(at, metric)

    def _of_unit(self, chain: list[int], metrics: list[int]) -> list[int]:
        """The metrics counted in the units that the changes of a chain are told in, 增加3家和8件; else all."""
        units = [self._amount(at).unit for at in chain]
        kinds = {*units} if _POINTS.isdisjoint(units) else _RATES
        alike = [metric for metric in metrics if self.amounts[metric].unit in kinds]
        if kinds is not _RATES and [self.amounts[metric].unit for metric in alike[-len(units) :]] != units:
            return metrics
        return alike if len(alike) >= len(units) > 1 and (kinds is _RATES or kinds.isdisjoint(RELATIVE)) else metrics

    def _pairs_as_one(self, chain: list[int], metrics: list[int]) -> list[int]:
        """The metrics since the last change with a pair (698件964人) once, where only so each has its own change."""
        first = chain[0]
        last = max((at for at in range(max(0, first - _REACH), first) if self._growth(at) is not None), default=-1)
        own = [metric for metric in metrics if last < 0 or metric > self.order[last]]
        seconds = [metric for metric in own if self._first_of_pair(metric) != metric]
        if not 0 < len(own) - len(seconds) == len(chain) < len(own):
            return metrics
        alone = {self.amounts[metric].unit for metric in own if metric not in seconds and metric + 1 not in seconds}
        if alone - {"人", "名"}:
            return metrics
        left_out = {metric - 1 for metric in seconds} if alone else set(seconds)
        return [metric for metric in own if metric not in left_out]

    def _of_share(self, metric: int | None, metrics: list[int], first: int) -> int | None:
        """Of 88件, 占39% a percentage tells how the cases grew, not their share."""
        if metric is None or self._amount(first).unit not in {"%", "倍"} or self.amounts[metric].unit != "%":
            return metric
        counts = metric - 1 in metrics and links.is_share_of(self._label(metric))
        return metric - 1 if counts else metric

    def _of_later(self, metric: int | None, metrics: list[int]) -> int | None:
        """Of 88件, 上年同期82件 the growth is of the later count."""
        at = metrics.index(metric) if metric in metrics else 0
        return metrics[at - 1] if at and links.is_earlier(*map(self._label, metrics[at - 1 : at + 1])) else metric

    def _slots(self, chain: list[int]) -> list[int | None]:
        """The members of a chain with None for each that only says 持平."""
        slots: list[int | None] = []
        for at in chain:
            slots += [None, at] if slots and "持平" in self.gaps[at] else [at]
        return [*slots, None] if links.is_level(self._after(chain[-1])) else slots

    def _link_recalled(self, chain: list[int], own: str) -> bool:
        """收、结案数同比分别增长: words that only name again what the metrics before counted."""
        kinds = links.recalled(own, self._told(chain[0] - 1) if chain[0] else "")
        metrics = self._metrics_before(chain[0]) or self.before
        if len(chain) == 1 and (core := links.core(own)):
            named = next((i for i in reversed(metrics) if links.names_again(self._label(i), core)), None)
            if named is not None:
                self._bind(chain[0], self._persons_of(named) if own.endswith("人数") else named)
                return True
        if len(kinds) != len(chain):
            return False
        for at, kind in zip(chain, kinds, strict=True):
            fitting = (i for i in reversed(metrics) if links.is_of_kind(kind, self.amounts[i].unit, self._label(i)))
            self._bind(at, next(fitting, None))
        return True

    def _listed(self, first: int) -> list[int]:
        """The metrics that one 分别 dealt out right before a change."""
        at = first - 1
        while at > max(0, first - _REACH) and self._growth(at) is None and links.is_joint(self.gaps[at]):
            at -= 1
        is_list = 0 <= at < first - 1 and self._growth(at) is None and links.in_turn(self.gaps[at])
        return self.order[at:first] if is_list else []

    def _has_led_on(self, at: int) -> bool:
        return at + 1 < len(self.order) and self._growth(at + 1) is None and links.has_led_to(self.gaps[at + 1])

    def _first_of_pair(self, metric: int | None) -> int | None:
        """Of 28件354人 one rate tells how the cases grew."""
        pair = (
            metric is not None
            and metric - 1 in self.bounds
            and self.amounts[metric - 1].end == self.amounts[metric].start
        )
        return metric - 1 if metric is not None and pair and self.amounts[metric].unit in {"人", "名"} else metric

    def _persons_of(self, metric: int) -> int:
        """Of 76件81人 the persons."""
        return metric + 1 if metric + 1 in self.bounds and self._first_of_pair(metric + 1) == metric else metric

    def _link_forward(self, chain: list[int]) -> None:
        """收案同比增长5%, 达300件: the metric that a change with its own subject led to."""
        following = chain[0] + 1
        if len(chain) > 1 or following >= len(self.order) or self._growth(following) is not None:
            return
        if links.is_outcome(self.gaps[following]):
            self._bind(chain[0], self.order[following])

    def _bind(self, at: int, metric: int | None) -> None:
        self.bounds[self.order[at]] = replace(self.bounds[self.order[at]], of=metric)

    def _metrics_before(self, first: int) -> list[int]:
        """The metrics that a change may belong to: no bases of comparison, no asides in brackets."""
        view, start = self.doc.view, self._start(first)
        depth = links.depth_at(view, start, self._amount(first).start)
        found = [
            self.order[at]
            for at in range(max(0, first - _REACH), first)
            if self._growth(at) is None
            and not self._is_base(at)
            and not self._after(at).startswith("大关")
            and links.depth_at(view, start, self._amount(at).start) <= depth
        ]
        return found if found or first or not self._opens(first) else self.before

    def _opens(self, first: int) -> bool:
        """Whether a sentence names nothing before its first change, which then belongs to the sentence before."""
        clauses = self.doc.view[self._start(first) : self._amount(first).start].split("，")[:-1]
        return all(links.names_nothing(own_words(clause)) for clause in clauses)

    def _amount(self, at: int) -> Amount:
        return self.amounts[self.order[at]]

    def _growth(self, at: int) -> Growth | None:
        return self.growths.get(self.order[at]) if at >= 0 else None

    def _start(self, at: int) -> int:
        return self.doc.sentences[self._amount(at).sentence].start

    def _lead(self, at: int) -> str:
        """The gap before an amount, over the amount that is only the base: 比2014年的8.3万件增加了."""
        return self._since(at, at - 2) if at and self._is_base(at - 1) else self.gaps[at]

    def _after(self, at: int) -> str:
        """The words right after an amount."""
        end = self._amount(at).end
        return self.doc.view[end : end + 12]

    def _label(self, index: int) -> str:
        """The words before a metric, back to the amount before it in the report."""
        start = self.amounts[index].start
        since = self.amounts[index - 1].end if index else 0
        return self.doc.view[max(since, self.doc.sentences[self.amounts[index].sentence].start, start - _LEAD) : start]

    def _since(self, at: int, earlier: int) -> str:
        start = self._amount(at).start
        since = self._start(at) if earlier < 0 else self._amount(earlier).end
        return self.doc.view[max(since, start - _LEAD) : start]

    def _told(self, at: int) -> str:
        """The sentence so far, back to a bounded way."""
        start = self._amount(at).start
        return self.doc.view[max(self._start(at), start - 3 * _LEAD) : start]

    def _is_base(self, at: int) -> bool:
        """Whether an amount is only what another is compared with."""
        end = self._amount(at).end
        return links.is_base(self.gaps[at], self.doc.view[end : end + 8])
