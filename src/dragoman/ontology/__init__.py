"""PLOVER as data: types, modes, contexts, sectors, codes, scores, CAMEO, composition."""

from dragoman.ontology.load import load_ontology
from dragoman.ontology.model import (
    CameoCode,
    Composition,
    CrosswalkRow,
    EventType,
    Mode,
    Ontology,
    Outcome,
    Row,
)

__all__ = [
    "CameoCode",
    "Composition",
    "CrosswalkRow",
    "EventType",
    "Mode",
    "Ontology",
    "Outcome",
    "Row",
    "load_ontology",
]
