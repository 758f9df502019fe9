"""Measuring the coder: on gold of several kinds, and on the lexicon's own examples."""
