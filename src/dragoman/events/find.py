"""Sentence by sentence: candidates, composition, and what only the article can tell."""
