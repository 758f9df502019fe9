"""The YAML reader, under the name that the lexicon's own modules use."""

from dragoman.yamlfile import Entry, load_yaml

__all__ = ["Entry", "load_yaml"]
