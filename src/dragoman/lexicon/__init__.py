"""The knowledge of a language: triggers, actors, agents and word lists."""

from dragoman.lexicon.load import DATA, Lexicon, load_lexicon, read_examples

__all__ = ["DATA", "Lexicon", "load_lexicon", "read_examples"]
