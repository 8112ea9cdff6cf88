"""What saves trying a pattern never costs a match: every text that a pattern matches shows what it was asked for."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shushuo_extract import document
from shushuo_extract.engine import corpus
from shushuo_extract.engine.types import Rule
from shushuo_extract.rules.amounts import find as amounts_of
from shushuo_extract.rules.amounts import lexicon, reading, refusals
from shushuo_extract.rules.amounts import rules as amounts
from shushuo_extract.rules.codes import rules as codes
from shushuo_extract.rules.highlights import RULES as HIGHLIGHTS
from shushuo_extract.rules.highlights.cues import Cue
from shushuo_extract.rules.indicators import rules as indicators
from shushuo_extract.rules.indicators import words
from shushuo_extract.rules.indicators.frame import Reading
from shushuo_extract.rules.meta import told
from shushuo_extract.structure.markers import MARKER, is_marked

SIGNED = [pytest.param(rule, id=rule.name) for rule in indicators.RULES if rule.signs]
_LOOK_AHEAD = re.compile(r"\(\?=\[[^]]+\]\)")  # for first characters: few texts drawn without it stand the test
NUMERAL = re.compile(rf"[0-9][0-9,.]*|[{lexicon.HAN}]+")


@pytest.mark.parametrize("rule", SIGNED)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_line_that_a_rule_matches_has_one_of_its_signs(rule: Rule[Reading], data: st.DataObject) -> None:
    """Whatever the pattern matches, the rule is among the candidates."""
    line = data.draw(st.from_regex(_LOOK_AHEAD.sub("", rule.pattern.pattern), fullmatch=True))

    assert rule in indicators.candidates(line)


@pytest.mark.parametrize("rule", [r for r in amounts.RULES if r is not amounts.BARE], ids=lambda rule: rule.name)
def test_a_numeral_that_a_rule_reads_is_given_to_it(rule: Rule[amounts.Parts]) -> None:
    """In every example, a rule whose pattern fits at a numeral is among those tried there."""
    for entry in (entry for entries in corpus.load("shushuo_extract.rules.amounts") for entry in entries):
        view = document.parse(entry.text).view
        for numeral in NUMERAL.finditer(view):
            if rule.pattern.match(view, numeral.start()):
                han = numeral[0][0] in lexicon.HAN
                assert rule in amounts.fitting(view[numeral.end() : numeral.end() + 1], han=han)


def test_a_candidate_that_is_refused_whatever_it_counts_shows_a_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    """In every example, what a refusal without units of its own applies to is asked for it."""
    read: list[refusals.Candidate] = []
    monkeypatch.setattr(reading, "reason", read.append)
    for entry in (entry for entries in corpus.load("shushuo_extract.rules.amounts") for entry in entries):
        amounts_of(document.parse(entry.text))
    refused = [one for one in read if any(refusal.applies(one) for refusal in refusals.WHATEVER)]

    assert refused
    assert all(refusals.shows_sign(one) for one in refused)


@pytest.mark.parametrize("rule", [rule for rule in HIGHLIGHTS if rule.besides], ids=lambda rule: rule.name)
def test_a_clause_that_a_rule_of_highlights_reads_has_its_second_word(rule: Rule[Cue]) -> None:
    """In every example, the words up to a match that becomes a cue hold one that the rule is asked for besides."""
    entries = (entry for entries in corpus.load("shushuo_extract.rules.highlights") for entry in entries)
    clauses = [clause for entry in entries for clause in re.finditer("[^，]+", document.parse(entry.text).view)]
    matches = [match for clause in clauses for match in rule.pattern.finditer(clause.string, *clause.span())]
    read = [match for match in matches if rule.produce(match, rule.name)]

    assert read
    assert all(rule.besides and rule.besides.search(match.string, match.pos, match.endpos) for match in read)


@pytest.mark.parametrize("rule", codes.RULES, ids=lambda rule: rule.name)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_a_wording_of_a_code_has_one_of_its_signs(rule: Rule[str], data: st.DataObject) -> None:
    """Whatever a code's pattern matches, in whichever of its units, the code is among those tried."""
    wording = data.draw(st.from_regex(rule.pattern, fullmatch=True))
    counted = [by_signs for unit, by_signs in codes.BY_UNIT.items() if rule.produce(codes.Asked(unit, "court"))]

    assert all(rule in by_signs.fitting(wording) for by_signs in counted)


@pytest.mark.parametrize("pattern", [words.BODY, words.ANY_BODY], ids=["BODY", "ANY_BODY"])
def test_words_that_name_a_body_may_be_one(pattern: re.Pattern[str]) -> None:
    """In every example, whatever the pattern of a body covers shows what it was asked for."""
    covered = {match[0] for clause in _clauses() for match in pattern.finditer(clause)}

    assert covered
    assert all(words.MAY_BE_BODY.search(body) for body in covered)


def test_idle_words_inside_show_that_they_may_be_there() -> None:
    """In every example, whatever is left out inside an indicator shows what it was asked for."""
    covered = {match[0] for clause in _clauses() for match in words.INNER.finditer(clause)}

    assert covered
    assert all(words.MAY_BE_IDLE.search(idle) for idle in covered)


def test_words_that_are_left_off_may_lead() -> None:
    """Wherever in an example one of the patterns of what is left off fits, the words there are asked for it."""
    ends = [clause[at:] for clause in _clauses() for at in range(len(clause))]
    led = [end for end in ends if words.PLACE_ONLY.match(end) or words.SYMBOLS.match(end)]
    opened = [(end[0] in openings, end) for pattern, openings in words.LEFT_OFF for end in ends if pattern.match(end)]

    assert led
    assert opened
    assert [end for may, end in opened if not may] == []
    assert [end for end in (*led, *(end for _, end in opened)) if not words.may_lead(end)] == []


def _clauses() -> set[str]:
    entries = (entry for entries in corpus.load("shushuo_extract.rules.indicators") for entry in entries)
    return {clause for entry in entries for clause in document.parse(entry.text).view.split("，")}


@given(st.from_regex(MARKER, fullmatch=True))
@settings(max_examples=200, deadline=None)
def test_every_mark_of_a_heading_is_seen(line: str) -> None:
    """A line that opens with a mark counts as marked, whichever the mark."""
    assert is_marked(line, 0, len(line))


@given(st.from_regex(told.ANY_DATE, fullmatch=True) | st.from_regex(told.MONTH, fullmatch=True))
@settings(max_examples=200, deadline=None)
def test_a_head_with_any_date_is_searched_for_it(date: str) -> None:
    """However a day or a month is written with its year, the head that has it counts as dated."""
    assert told.dated(f"云溪市人民法院\n{date}", 0, told.HEAD)
