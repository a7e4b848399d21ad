"""`[[sources.NAME.place]]` and `gazetteer` in coopgraph.toml: what is read, each slip with its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph.errors import ConfigError
from coopgraph.sources.places.setting import PlaceSetting
from coopgraph.sources.workspace import Workspace, load_workspace

TOML = """\
[workspace]
title = "T"
{head}
[sources.members]
path = "members.csv"
mapping = "members.yml"
{place}
"""


def loaded(folder: Path, place: str, head: str = "", **settings: str) -> Workspace:
    for name in ("members.csv", "members.yml"):
        (folder / name).write_text("x\n", encoding="utf-8")
    (folder / "coopgraph.toml").write_text(TOML.format(head=head, place=place), encoding="utf-8")
    return load_workspace(folder, settings)


def test_setting_is_read_and_one_source_may_have_several(tmp_path: Path) -> None:
    place = (
        '[[sources.members.place]]\nname = "a"\ninto = "from"\n[[sources.members.place]]\nname = ["b", "c"]\n'
    )
    place += 'country = "d"\nlat = "e"\nlon = "f"\n'
    (source,) = loaded(tmp_path, place).sources
    assert source.places == (PlaceSetting(("a",), "from"), PlaceSetting(("b", "c"), "city", "d", "e", "f"))
    assert source.places[1].columns == ("b", "c", "d", "e", "f")
    assert source.places[0].added[:2] == ("from", "from_how")


def test_size_may_be_left_out_of_it(tmp_path: Path) -> None:
    (source,) = loaded(tmp_path, '[[sources.members.place]]\nname = "a"\ndominant = false\n').sources
    assert source.places == (PlaceSetting(("a",), "city", dominant=False),)


def test_gazetteer_may_lie_where_a_parameter_says(tmp_path: Path) -> None:
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "big.parquet").write_bytes(b"")
    home = tmp_path / "ws"
    home.mkdir()
    found = loaded(home, "", 'gazetteer = "{geo}/big.parquet"', geo=str(tmp_path / "geo"))
    assert found.gazetteer == tmp_path / "geo" / "big.parquet"
    assert found.gazetteer in found.files


@pytest.mark.parametrize(
    ("head", "place", "sentence"),
    [
        ("", "", ""),
        ("", "[[sources.members.place]]", "'sources.members.place.0' has no 'name'."),
        (
            "",
            'judgements = ["review.xlsx"]',
            "'sources.members.judgements' stands below a source. "
            'Write it under [workspace]: judgements = ["review.xlsx"]',
        ),
        ("", '[[sources.members.place]]\nname = "a"\nlat = "b"', "'sources.members.place.0' has no 'lon'."),
        (
            "",
            '[[sources.members.place]]\nname = "a"\ninto = "a b"',
            "place.0.into' has 'a b', expected a word",
        ),
        ("", '[[sources.members.place]]\nname = "a"\ncuntry = "b"', "Did you mean 'country'?"),
        ("", 'place = "a"', "'sources.members.place' has 'a', expected tables"),
        ('gazetteer = "{geo}/g.parquet"', "", "'workspace.gazetteer' uses {geo}, which is not set."),
        ('rules = "{o}/r.ttl"', "", "'workspace.rules' uses {o}, which is not set. Add: --set o=FOLDER"),
        ('gazetteer = "no.parquet"', "", "'workspace.gazetteer' 'no.parquet' names no file."),
        ('gazetteer = "../g.parquet"', "", "leaves the workspace."),
    ],
)
def test_each_slip_has_its_sentence(tmp_path: Path, head: str, place: str, sentence: str) -> None:
    if not sentence:
        assert loaded(tmp_path, place, head).gazetteer is None
        return
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, place, head)
    assert sentence in "\n".join(map(str, caught.value.faults))
