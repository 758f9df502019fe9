"""When: date expressions found and valued. Blind to actors, places and events."""

from dragoman.times.find import find_times, reference_day
from dragoman.times.forms import Grammar, grammar_of

__all__ = ["Grammar", "find_times", "grammar_of", "reference_day"]
