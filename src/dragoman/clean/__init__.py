"""`RawItem` -> `Article`: main text, repair, furniture out, headline, date, language."""

from dragoman.clean.article import clean
from dragoman.clean.options import CleanOptions
from dragoman.clean.words import CleanResources, LanguageWords, load_clean_resources

__all__ = ["CleanOptions", "CleanResources", "LanguageWords", "clean", "load_clean_resources"]
