"""The conversion from spaCy's labels to Universal Dependencies, on trees written by hand.

A tree is written one word a line, `word lemma POS label head`; heads count from 1, 0 is the root.
"""

from __future__ import annotations

import pytest

from dragoman.parse.clear_to_ud import to_universal


def convert(tree: str) -> dict[str, tuple[str, str]]:
    """Each word with its relation and the word of its head."""
    rows = [line.split() for line in tree.strip().splitlines()]
    heads = [i if row[4] == "0" else int(row[4]) - 1 for i, row in enumerate(rows)]
    new, deps = to_universal(
        [r[1] for r in rows], [r[2] for r in rows], [r[3] for r in rows], heads
    )
    return {
        row[0]: (dep, "-" if head == i else rows[head][0])
        for i, (row, head, dep) in enumerate(zip(rows, new, deps, strict=True))
    }


def test_passive_with_an_agent() -> None:
    assert convert(
        """
        protesters protester NOUN nsubjpass 3
        were be AUX auxpass 3
        beaten beat VERB ROOT 0
        by by ADP agent 3
        police police NOUN pobj 4
        """
    ) == {
        "protesters": ("nsubj:pass", "beaten"),
        "were": ("aux:pass", "beaten"),
        "beaten": ("root", "-"),
        "by": ("case", "police"),
        "police": ("obl:agent", "beaten"),
    }


def test_a_phrase_on_a_verb_is_oblique_and_on_a_noun_nominal() -> None:
    found = convert(
        """
        talks talk NOUN nsubj 4
        in in ADP prep 1
        Oslo Oslo PROPN pobj 2
        ended end VERB ROOT 0
        on on ADP prep 4
        Friday Friday PROPN pobj 5
        """
    )
    assert found["Oslo"] == ("nmod", "talks")
    assert found["Friday"] == ("obl", "ended")
    assert found["in"] == ("case", "Oslo")


def test_two_prepositions() -> None:
    found = convert(
        """
        walked walk VERB ROOT 0
        out out ADP prep 1
        of of ADP prep 2
        talks talk NOUN pobj 3
        """
    )
    assert found["talks"] == ("obl", "walked")
    assert found["out"][0] == found["of"][0] == "case"
    assert {found["out"][1], found["of"][1]} == {"talks"}


def test_a_clause_behind_a_preposition() -> None:
    found = convert(
        """
        accused accuse VERB ROOT 0
        Iran Iran PROPN dobj 1
        of of ADP prep 1
        arming arm VERB pcomp 3
        rebels rebel NOUN dobj 4
        """
    )
    assert found["arming"] == ("advcl", "accused")
    assert found["of"] == ("mark", "arming")
    assert found["rebels"] == ("obj", "arming")


def test_a_clause_behind_a_preposition_on_a_noun() -> None:
    found = convert(
        """
        accusations accusation NOUN ROOT 0
        of of ADP prep 1
        arming arm VERB pcomp 2
        """
    )
    assert found["arming"] == ("acl", "accusations")


def test_copula_with_a_noun() -> None:
    assert convert(
        """
        Kenya Kenya PROPN nsubj 2
        is be AUX ROOT 0
        a a DET det 4
        member member NOUN attr 2
        """
    ) == {
        "Kenya": ("nsubj", "member"),
        "is": ("cop", "member"),
        "a": ("det", "member"),
        "member": ("root", "-"),
    }


def test_copula_with_an_adjective_below_another_verb() -> None:
    found = convert(
        """
        said say VERB ROOT 0
        Kenya Kenya PROPN nsubj 3
        was be AUX ccomp 1
        ready ready ADJ acomp 3
        """
    )
    assert found["ready"] == ("ccomp", "said")
    assert found["Kenya"] == ("nsubj", "ready")
    assert found["was"] == ("cop", "ready")


def test_there_is() -> None:
    found = convert(
        """
        There there PRON expl 2
        were be VERB ROOT 0
        protests protest NOUN attr 2
        """
    )
    assert found["protests"] == ("nsubj", "were")
    assert found["were"] == ("root", "-")


def test_a_prepositional_predicate_keeps_the_copula_as_head() -> None:
    """The one deviation from Universal Dependencies (docs/decisions/0001)."""
    found = convert(
        """
        Kenya Kenya PROPN nsubj 2
        is be AUX ROOT 0
        in in ADP prep 2
        talks talk NOUN pobj 3
        """
    )
    assert found["is"] == ("root", "-")
    assert found["talks"] == ("obl", "is")


def test_a_conjunction_belongs_to_the_conjunct_behind_it() -> None:
    found = convert(
        """
        Peru Peru PROPN nsubj 4
        and and CCONJ cc 1
        Chile Chile PROPN conj 1
        met meet VERB ROOT 0
        """
    )
    assert found["and"] == ("cc", "Chile")
    assert found["Chile"] == ("conj", "Peru")


def test_the_to_of_an_infinitive_is_a_marker() -> None:
    found = convert(
        """
        agreed agree VERB ROOT 0
        to to PART aux 3
        leave leave VERB xcomp 1
        """
    )
    assert found["to"] == ("mark", "leave")


def test_a_sentence_that_is_only_a_phrase() -> None:
    found = convert("In in ADP ROOT 0\nGeneva Geneva PROPN pobj 1")
    assert found == {"In": ("case", "Geneva"), "Geneva": ("root", "-")}


def test_a_stranded_preposition() -> None:
    found = convert("fired fire VERB ROOT 0\nupon upon ADP prep 1")
    assert found["upon"] == ("advmod", "fired")


@pytest.mark.parametrize(
    ("label", "relation"),
    [
        ("dobj", "obj"),
        ("dative", "iobj"),
        ("poss", "nmod:poss"),
        ("prt", "compound:prt"),
        ("relcl", "acl:relcl"),
        ("neg", "advmod"),
        ("npadvmod", "obl:npmod"),
        ("nsubj", "nsubj"),
        ("advcl", "advcl"),
        ("", "dep"),
    ],
)
def test_labels(label: str, relation: str) -> None:
    _, deps = to_universal(["go", "x"], ["VERB", "NOUN"], ["ROOT", label], [0, 0])
    assert deps == ["root", relation]


def test_nothing() -> None:
    assert to_universal([], [], [], []) == ([], [])
