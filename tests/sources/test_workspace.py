"""The workspace file: every fault at once, each with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph.errors import ConfigError
from coopgraph.settings.toml_lines import key_lines
from coopgraph.sources.workspace import Workspace, load_workspace

MINIMAL = """
[workspace]
title = "Test"

[sources.cities]
path = "cities.csv"
mapping = "cities.yml"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "ws"
    home.mkdir()
    for name in ("cities.csv", "other.csv", "cities.yml", "places.ttl", "book.xlsx"):
        (home / name).write_text("id\n")
    return home


def load(home: Path, text: str, **settings: str) -> Workspace:
    (home / "coopgraph.toml").write_text(text, encoding="utf-8")
    return load_workspace(home, settings)


def sentences(home: Path, text: str, **settings: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(home, text, **settings)
    return [str(fault) for fault in caught.value.faults]


def test_defaults(home: Path) -> None:
    workspace = load(home, MINIMAL)
    (source,) = workspace.sources
    assert workspace.languages == ("en", "es", "pt")
    assert workspace.base == "https://w3id.org/coopgraph/"
    assert (source.kind, source.encoding, source.delimiter, source.trim) == ("csv", "utf-8", ",", True)
    assert workspace.files == (home / "cities.csv", home / "cities.yml")


def test_everything_that_can_be_said(home: Path) -> None:
    (home / "rules").mkdir()
    (home / "rules" / "a.rq").write_text("")
    workspace = load(
        home,
        """
[workspace]
title = "All"
titles = { es = "Todo" }
languages = ["es", "pt-BR"]
base = "https://example.org/x#"
licence = "CC-BY"
rules = ["rules/*.rq"]
queries = "none/*.rq"
judgements = "other.csv"
[parameters]
data = "."
[sources.cities]
path = ["{data}/cities.csv", "o*.csv"]
kind = "csv"
mapping = "cities.yml"
source_id = "seed"
encoding = "latin1"
delimiter = ";"
null = ["NA", "-"]
trim = false
key = "id"
columns."a b" = { separator = "|" }
[sources.cities.columns.lng]
decimal = ","
[[sources.cities.lookup]]
source = "cities"
on = { id = "id" }
columns = ["name"]
[sources.places]
path = "places.ttl"
[engine]
memory = "2GB"
[limits]
query_seconds = 5
""",
    )
    cities, places = workspace.sources
    assert [path.name for path in cities.files] == ["cities.csv", "other.csv"]
    assert (cities.encoding, cities.null, cities.key) == ("iso8859-1", ("NA", "-"), ("id",))
    assert (cities.separators, cities.decimals) == ({"a b": "|"}, {"lng": ","})
    assert cities.lookups[0].on == (("id", "id"),)
    assert places.kind == "rdf"
    assert (workspace.title, workspace.titles) == ("All", {"es": "Todo"})
    assert (workspace.memory, workspace.limits.query_seconds, workspace.queries) == ("2GB", 5, ())


def test_every_fault_is_told_at_once_with_its_line(home: Path) -> None:
    text = """[workspace]
titel = "Test"
languages = ["english language"]
base = "example.org"

[sources.cities]
path = "citys.csv"
mapping = "../outside.yml"
delimeter = ";"
encoding = "utf8000"
trim = "yes"

[sources.Places]
path = "/etc/hostname"
kind = "cvs"

[sources.more]
path = "{data}/a.csv"
mapping = "cities.yml"
[[sources.more.lookup]]
source = "citis"
on = { id = 1 }
columns = ["x"]

[limits]
query_rows = 0
querry_seconds = 1
[extra]
"""
    assert sentences(home, text, dta="x") == [
        "coopgraph.toml: --set dta: no path uses {dta}. Did you mean 'data'?",
        "coopgraph.toml, line 1: 'workspace' has no 'title'. Add: title = ...",
        "coopgraph.toml, line 2: 'workspace.titel' is not a key coopgraph knows. Did you mean 'title'?",
        "coopgraph.toml, line 3: 'workspace.languages' has 'english language', "
        "expected a language tag like en or pt-BR.",
        "coopgraph.toml, line 4: 'workspace.base' has 'example.org', "
        "expected an address that ends in / or #, like https://w3id.org/coopgraph/",
        "coopgraph.toml, line 7: 'sources.cities.path' 'citys.csv' names no file. "
        "Put the file there or correct the path (looked for citys.csv).",
        "coopgraph.toml, line 8: 'sources.cities.mapping' '../outside.yml' leaves the workspace. "
        "Write the folder as a parameter, {data}/file.csv, and set it: --set data=FOLDER.",
        "coopgraph.toml, line 9: 'sources.cities.delimeter' is not a key coopgraph knows. "
        "Did you mean 'delimiter'?",
        "coopgraph.toml, line 10: 'sources.cities.encoding' has 'utf8000', which is not a text encoding. "
        "Did you mean 'utf-8'?",
        "coopgraph.toml, line 11: 'sources.cities.trim' has 'yes', expected true or false.",
        "coopgraph.toml, line 13: 'sources.Places' is not a source's name. "
        "Use lower-case letters, digits, - and _.",
        "coopgraph.toml, line 14: 'sources.Places.path' '/etc/hostname' leaves the workspace. "
        "Write the folder as a parameter, {data}/file.csv, and set it: --set data=FOLDER.",
        "coopgraph.toml, line 15: 'sources.Places.kind' has 'cvs', which is not a kind. Did you mean 'csv'?",
        "coopgraph.toml, line 18: 'sources.more.path' uses {data}, which is not set. Add: --set data=FOLDER",
        "coopgraph.toml, line 22: 'sources.more.lookup.0.on.id' has 1, expected a text in quotes.",
        "coopgraph.toml, line 26: 'limits.query_rows' has 0, expected a number above 0.",
        "coopgraph.toml, line 27: 'limits.querry_seconds' is not a key coopgraph knows. "
        "Did you mean 'query_seconds'?",
        "coopgraph.toml, line 28: 'extra' is not a key coopgraph knows. "
        "Known: engine, export, limits, parameters, sources, store, workspace.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '[workspace]\ntitle = "x"\ntitles = { Spanish = "y" }\n[sources]',
            "coopgraph.toml, line 3: 'workspace.titles.Spanish' is no language tag like es or pt-BR.",
        ),
        ("title = ", "coopgraph.toml, line 1: is not TOML: Invalid value."),
        ("", "coopgraph.toml: 'workspace' is missing. Start the file with [workspace] and title = \"...\"."),
        (
            MINIMAL.replace("cities.csv", "book.xls"),
            "coopgraph.toml, line 6: 'sources.cities.path' 'book.xls' names no file. "
            "Put the file there or correct the path (looked for book.xls).",
        ),
        (
            MINIMAL.replace("cities.csv", "CITIES.csv"),
            "coopgraph.toml, line 6: 'sources.cities.path' 'CITIES.csv' names no file. "
            "There is 'cities.csv': upper and lower case differ.",
        ),
        (
            MINIMAL.replace("cities.csv", "no/cities.csv"),
            "coopgraph.toml, line 6: 'sources.cities.path' 'no/cities.csv' names no file. "
            "The folder no does not exist (looked for no/cities.csv).",
        ),
        (
            MINIMAL + 'sheet = "x"\n',
            "coopgraph.toml, line 8: 'sources.cities.sheet' means nothing for kind = \"csv\". Remove it.",
        ),
        (
            MINIMAL + 'records = "x"\n',
            "coopgraph.toml, line 8: 'sources.cities.records' has 'x', expected a path like $[*] or "
            "$.items[*].",
        ),
        (
            MINIMAL.replace('mapping = "cities.yml"', ""),
            "coopgraph.toml, line 5: 'sources.cities' has no 'mapping'. Add: mapping = \"mappings/NAME.yml\"",
        ),
        (
            MINIMAL + '[[sources.cities.lookup]]\nsource = "citis"\non = {a = "a"}\ncolumns = ["b"]\n',
            "coopgraph.toml, line 9: 'sources.citis' names no source",
        ),
        (
            '[workspace]\ntitle = "T"\n[store]\nurl = "https://example.org/sparql"\n',
            "coopgraph.toml, line 3: 'store' names a remote store: there is nothing to build or to check "
            "here. Ask it with coopgraph rank and the like, or take it out to build from [sources].",
        ),
        (
            MINIMAL + '[engine]\nkind = "polars"\nmemory = "lots"\n',
            "coopgraph.toml, line 9: 'engine.kind' has 'polars', expected \"duckdb\", \"spark\", "
            '"spark://HOST:PORT" or "spark:" and another master.',
        ),
        (
            'engine = "sparkle"\n' + MINIMAL,
            "coopgraph.toml, line 1: 'engine' has 'sparkle', expected \"duckdb\", \"spark\", "
            '"spark://HOST:PORT" or "spark:" and another master.',
        ),
        (
            MINIMAL + '[engine]\nmaster = "local[2]"\n',
            "coopgraph.toml, line 9: 'engine.master' is for Spark alone. "
            'Add kind = "spark", or take it out.',
        ),
        (
            MINIMAL + "columns.lng = { decimal = '.', separator = '' }\n",
            "coopgraph.toml, line 8: 'sources.cities.columns.lng.separator' is empty, expected a "
            'text like ";".',
        ),
    ],
)
def test_each_slip_has_its_sentence(home: Path, text: str, sentence: str) -> None:
    if "names no source" in sentence:
        assert sentences(home, text) == [
            "coopgraph.toml, line 9: 'sources.cities.lookup.0.source' names no source: 'citis'. "
            "Did you mean 'cities'?"
        ]
    else:
        assert sentence in sentences(home, text)


def test_a_file_of_an_unknown_kind_is_refused_in_words(home: Path) -> None:
    (home / "book.numbers").write_bytes(b"")
    assert sentences(home, MINIMAL.replace("cities.csv", "book.numbers"))[0] == (
        "coopgraph.toml, line 6: 'sources.cities.path' names 'book.numbers': '.numbers' does not say what "
        "kind it is. "
        'Add kind = "...", one of csv, tsv, xlsx, ods, xls, xlsb, parquet, json, iati, rdf.'
    )


def test_a_workspace_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"does not exist\. Make a workspace with: coopgraph init DIR"):
        load_workspace(tmp_path)


def test_a_workspace_file_that_is_not_utf8(home: Path) -> None:
    (home / "coopgraph.toml").write_bytes(b'[workspace]\ntitle = "caf\xe9"\n')
    with pytest.raises(ConfigError) as caught:
        load_workspace(home)
    assert [str(f) for f in caught.value.faults] == [
        "coopgraph.toml, line 2: is not UTF-8 text. Save it as UTF-8."
    ]


def test_a_parameter_may_lead_out_and_set_wins(home: Path, tmp_path: Path) -> None:
    text = MINIMAL.replace('"cities.csv"', '"{data}/cities.csv"') + '[parameters]\ndata = "."\n'
    assert load(home, text).sources[0].files == (home / "cities.csv",)
    outside = tmp_path / "with [odd] name*"
    outside.mkdir()
    (outside / "cities.csv").write_text("id\n")
    assert load(home, text, data=str(outside)).sources[0].files == (outside / "cities.csv",)


def test_a_relative_setting_is_relative_to_the_working_directory(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "cities.csv").write_text("id\n")
    monkeypatch.chdir(tmp_path)
    text = MINIMAL.replace('"cities.csv"', '"{data}/cities.csv"')
    assert load(home, text, data="here").sources[0].files == (tmp_path / "here" / "cities.csv",)


def test_a_symbolic_link_is_no_way_out(home: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("id\n")
    (home / "link.csv").symlink_to(tmp_path / "secret.csv")
    (sentence,) = sentences(home, MINIMAL.replace("cities.csv", "link.csv"))
    assert "'link.csv' leads out of the workspace by a symbolic link." in sentence


def test_lines_of_keys_survive_texts_over_several_lines() -> None:
    lines = key_lines('a = """\n[b]\nc = 1\n"""\n[[t]]\nx.y = 1\n[[t]]\n"q r" = 2\n')
    assert lines == {
        ("a",): 1,
        ("t", "0"): 5,
        ("t", "0", "x", "y"): 6,
        ("t", "1"): 7,
        ("t", "1", "q r"): 8,
    }
