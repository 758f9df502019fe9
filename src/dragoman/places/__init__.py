"""Places: `Parse` -> place names, resolved to GeoNames."""

from dragoman.places.find import Named, find_names, find_places
from dragoman.places.gazetteer import Gazetteer, load_gazetteer

__all__ = ["Gazetteer", "Named", "find_names", "find_places", "load_gazetteer"]
