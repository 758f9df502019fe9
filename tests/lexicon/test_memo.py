from dataclasses import replace

from dragoman.lexicon import Lexicon, load_lexicon
from dragoman.lexicon.memo import once_per_lexicon


def test_worked_out_once_for_each_content() -> None:
    lexicon = load_lexicon("en")
    asked: list[str] = []

    @once_per_lexicon
    def triggers(known: Lexicon) -> int:
        asked.append(known.hash)
        return len(known.triggers)

    same = replace(lexicon, names=())
    other = replace(lexicon, triggers=lexicon.triggers[:3], hash="another")
    assert triggers(lexicon) == triggers(same) == len(lexicon.triggers)
    assert triggers(other) == 3
    assert asked == [lexicon.hash, "another"]
