"""From the CLEAR dependencies of spaCy's English pipelines to Universal Dependencies.

Scheme: https://universaldependencies.org/en/dep/ (version 2). Where CLEAR makes the preposition
or the copula the head, UD makes it a dependent of the content word. One deviation is kept on
purpose: a prepositional predicate (`is in talks`) leaves the copula as head, since small models
confuse it with `be` as a full verb, and rules read both alike.
"""

from __future__ import annotations

from collections.abc import Sequence

# Labels that change their name but not their structure.
_RENAMED = {
    "ROOT": "root",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "oprd": "xcomp",
    "acomp": "xcomp",
    "relcl": "acl:relcl",
    "neg": "advmod",
    "quantmod": "advmod",
    "npadvmod": "obl:npmod",
    "poss": "nmod:poss",
    "prt": "compound:prt",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "intj": "discourse",
    "meta": "dep",
    "prep": "advmod",  # a stranded preposition, once those with an object are converted
    "agent": "advmod",
    "pobj": "obl",
    "pcomp": "advcl",
    "attr": "xcomp",
    "": "dep",
}
_ADPOSITION_LABELS = {"prep", "agent", "dative"}
_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "DET", "SYM"}


def to_universal(
    lemmas: Sequence[str], upos: Sequence[str], deps: Sequence[str], heads: Sequence[int]
) -> tuple[list[int], list[str]]:
    """Convert one document.

    Args:
        lemmas, upos, deps, heads: of each token; heads are token numbers, a root is its own head.

    Returns:
        The new heads and relations.
    """
    tree = _Tree(list(heads), list(deps), upos)
    tree.attach_prepositions()
    tree.attach_copulas(lemmas)
    tree.attach_conjunctions()
    tree.mark_infinitives()
    return tree.heads, [_RENAMED.get(dep, dep) for dep in tree.deps]


class _Tree:
    """Heads and relations while they are being changed."""

    def __init__(self, heads: list[int], deps: list[str], upos: Sequence[str]) -> None:
        self.heads = heads
        self.deps = deps
        self.upos = upos
        self.kids: list[list[int]] = [[] for _ in heads]
        for i, head in enumerate(heads):
            if head != i:
                self.kids[head].append(i)

    def move(self, i: int, head: int, dep: str) -> None:
        """Hang token `i` under `head`."""
        old = self.heads[i]
        if old != i:
            self.kids[old].remove(i)
        self.heads[i], self.deps[i] = head, dep
        if head != i:
            self.kids[head].append(i)

    def replace(self, i: int, by: int, dep: str) -> None:
        """Put `by` (below `i`) into the place of `i`, and hang `i` under it as `dep`."""
        head, old_dep = self.heads[i], self.deps[i]
        self.move(by, by if head == i else head, old_dep)
        self.move(i, by, dep)

    def attach_prepositions(self) -> None:
        """`prep > pobj` becomes `obl|nmod > case`; deepest first, so that `out of X` works."""
        for i in sorted(range(len(self.heads)), key=self._depth, reverse=True):
            alone = self.deps[i] == "ROOT" and self.upos[i] == "ADP"
            if self.deps[i] not in _ADPOSITION_LABELS and not alone:
                continue
            inner = next((k for k in self.kids[i] if self.deps[k] in {"pobj", "obl", "nmod"}), None)
            clause = next((k for k in self.kids[i] if self.deps[k] in {"pcomp", "advcl"}), None)
            if inner is not None:
                self._raise_object(i, inner)
            elif clause is not None:
                nominal = self.upos[self.heads[i]] in _NOMINAL
                self._raise(i, clause, "acl" if nominal else "advcl", "mark")

    def _raise_object(self, adposition: int, inner: int) -> None:
        if self.deps[adposition] == "agent":
            dep = "obl:agent"
        else:
            dep = "nmod" if self.upos[self.heads[adposition]] in _NOMINAL else "obl"
        self._raise(adposition, inner, dep, "case")

    def _raise(self, adposition: int, content: int, dep: str, function: str) -> None:
        head = self.heads[adposition]
        self.move(content, content if head == adposition else head, dep)
        if head == adposition:  # a sentence that is only a prepositional phrase
            self.deps[content] = "ROOT"
        for kid in list(self.kids[adposition]):
            self.move(kid, content, self.deps[kid])
        self.move(adposition, content, function)

    def _depth(self, i: int) -> int:
        depth = 0
        while self.heads[i] != i and depth < len(self.heads):
            i = self.heads[i]
            depth += 1
        return depth

    def attach_copulas(self, lemmas: Sequence[str]) -> None:
        """`be > attr|acomp` becomes `predicate > cop`; `there is X` makes X the subject."""
        for i, lemma in enumerate(lemmas):
            if lemma != "be" or self.upos[i] not in {"AUX", "VERB"}:
                continue
            predicate = next((k for k in self.kids[i] if self.deps[k] in {"attr", "acomp"}), None)
            if predicate is None:
                continue
            if any(self.deps[k] == "expl" for k in self.kids[i]):
                self.deps[predicate] = "nsubj"
                continue
            self.replace(i, predicate, "cop")
            for kid in list(self.kids[i]):
                self.move(kid, predicate, self.deps[kid])

    def attach_conjunctions(self) -> None:
        """A coordinating conjunction belongs to the conjunct that follows it."""
        for i, dep in enumerate(self.deps):
            if dep != "cc":
                continue
            following = [k for k in self.kids[self.heads[i]] if self.deps[k] == "conj" and k > i]
            if following:
                self.move(i, min(following), "cc")

    def mark_infinitives(self) -> None:
        """The `to` of an infinitive is a marker, not an auxiliary."""
        for i, dep in enumerate(self.deps):
            if dep == "aux" and self.upos[i] == "PART":
                self.deps[i] = "mark"
