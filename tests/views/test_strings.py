"""The interface speaks three languages, and leaves nothing out in any of them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from coopgraph.errors import ProjectionError
from coopgraph.languages import LANGUAGES
from coopgraph.network.measures import MEASURES
from coopgraph.views.standing import DIRECTED, UNDIRECTED
from coopgraph.views.strings import ASSETS, check_language, plot_strings, strings, trend_strings


@pytest.mark.parametrize("words", [strings(), plot_strings(), trend_strings()], ids=["page", "plot", "trend"])
def test_every_language_has_every_key(words: dict[str, dict[str, str]]) -> None:
    for one, other in pairwise(LANGUAGES):
        assert words[one].keys() == words[other].keys()
    assert all(text.strip() for texts in words.values() for text in texts.values())


@pytest.mark.parametrize("words", [strings(), plot_strings(), trend_strings()], ids=["page", "plot", "trend"])
def test_every_language_fills_the_same_blanks(words: dict[str, dict[str, str]]) -> None:
    for key, text in words["en"].items():
        blanks = {lang: set(re.findall(r"\{(\w+)\}", words[lang][key])) for lang in LANGUAGES}
        assert len(set(map(frozenset, blanks.values()))) == 1, key
        assert set(re.findall(r"\{(\w+)\}", text)) == blanks["en"]


def test_every_word_the_page_asks_for_exists() -> None:
    script = "".join(path.read_text("utf-8") for path in sorted((ASSETS / "js").glob("*.js")))
    template = (ASSETS / "page.html.j2").read_text("utf-8")
    asked = set(re.findall(r"\bt\(\"(\w+)\"", script)) | set(
        re.findall(r"data-i18n[a-z-]*=\"(\w+)\"", template)
    )
    asked |= set(re.findall(r"\bs\.(\w+)\b", template)) - {"get"}
    assert asked - strings()["en"].keys() == set()
    assert {*DIRECTED, *UNDIRECTED} <= strings()["en"].keys()


def test_no_key_is_left_over() -> None:
    sources = [*(ASSETS / "js").glob("*.js"), *ASSETS.glob("*.j2"), *ASSETS.parent.rglob("*.py")]
    text = "".join(path.read_text("utf-8") for path in sources)
    built = re.compile(
        r"_(1|n)$|^(note_unknown|certainty)_"
    )  # put together from a kind, a policy or a word of the data
    unused = {key for key in strings()["en"] if not built.search(key) and not re.search(rf"\b{key}\b", text)}
    assert unused == set()
    in_plots = re.compile(rf"^(events|axis)_|^({'|'.join(MEASURES)})$")
    keys = {key for key in plot_strings()["en"] if not in_plots.search(key)}
    keys |= {key for key in trend_strings()["en"] if not re.search("_(dark|light)$", key)}
    assert {key for key in keys if not re.search(rf"['\"]{key}['\"]", text)} == set()


def test_another_language_is_refused_in_words() -> None:
    with pytest.raises(ProjectionError, match="en, es, pt"):
        check_language("fr")


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "at least one unknown"), ("es", "ninguna de las dos"), ("pt", "nenhuma das duas")],
)
def test_an_unknown_flag_is_not_said_to_be_both(lang: str, said: str) -> None:
    for policy in ("exclude", "both"):
        assert said in strings()[lang][f"note_unknown_{policy}"]
