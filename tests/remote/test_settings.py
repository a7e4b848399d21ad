"""`store` in the workspace file: what it may say, and every slip in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.settings.remote_store import RemoteStore, read_store
from coopgraph.settings.workspace_file import read_file
from tests.remote.conftest import workspace

URL = "https://example.org/sparql"


def read(folder: Path, store: str, **environment: str) -> RemoteStore | None:
    top = read_file(workspace(folder, store))
    found = read_store(top, environment)
    assert top.faults == []
    return found


def test_the_short_and_the_long_form(tmp_path: Path) -> None:
    assert read(tmp_path, f'store = "{URL}"') == RemoteStore(URL, 10_000, 60, None)
    long = f'[store]\nurl = "{URL}?a=b"\npage_rows = 500\nseconds = 5\ntoken_variable = "TOKEN"'
    found = read(tmp_path, long, TOKEN=" abc ")
    assert found == RemoteStore(f"{URL}?a=b", 500, 5, "abc")
    assert "abc" not in repr(found)
    assert found.shown == URL
    assert read(tmp_path, "") is None


def test_addresses_to_write_to_and_a_user(tmp_path: Path) -> None:
    text = (
        f'[store]\nurl = "{URL}"\nupdate_url = "{URL}-auth"\ngraph_store_url = "{URL}-graph"\n'
        'user_variable = "ONE"\npassword_variable = "OTHER"'
    )
    found = read(tmp_path, text, ONE="me", OTHER=' s3cr"et ç')
    assert found is not None
    assert (found.update_url, found.graph_store_url) == (f"{URL}-auth", f"{URL}-graph")
    assert (found.user, found.password) == ("me", 's3cr"et ç')
    assert "s3cr" not in repr(found) and "'me'" not in repr(found)


def test_a_workspace_with_sources_is_built_and_asked_here(tmp_path: Path) -> None:
    """A build needs no secret; what is asked of the store does."""
    folder = tmp_path / "ws"
    folder.mkdir()
    store = f'[store]\nurl = "{URL}"\ntoken_variable = "NOT_SET_HERE"\n'
    text = f'{store}[workspace]\ntitle = "T"\n[sources.a]\npath = "a.ttl"\n'
    (folder / "coopgraph.toml").write_text(text, encoding="utf-8")
    (folder / "a.ttl").write_text("<urn:a> <urn:p> 7 .")
    cg.build(folder)
    with cg.open(folder) as release:
        assert release.remote is None
        assert len(release.query("SELECT * { <urn:a> <urn:p> 7 }")) == 1
    with pytest.raises(cg.ConfigError, match="names NOT_SET_HERE, which is not set"):
        cg.open(folder, store=True)
    with pytest.raises(cg.ConfigError, match="names NOT_SET_HERE, which is not set"):
        cg.publish(folder)


@pytest.mark.parametrize(
    ("store", "sentence"),
    [
        ('store = "example.org"', "'store' has 'example.org', expected an address."),
        ('store = "file:///etc/passwd"', "'store' has 'file:///etc/passwd', expected an address."),
        ('store = "http://[::1"', "'store' is no address."),
        (
            'store = "https://me:secret@example.org/"',
            "'store' has a user or a password in the address. Take it",
        ),
        (f'store = "{URL}#here"', "with a space or a # in it. Write the address alone."),
        ("store = 7", "'store' has 7, expected a table: [store]."),
        ("[store]\npage_rows = 5", "'store' has no 'url'. Add: url = ..."),
        (f'[store]\nurl = "{URL}"\npage_rows = 0', "'store.page_rows' has 0, expected a number above 0."),
        (f'[store]\nurl = "{URL}"\npassword = "x"', "'store.password' is not a key coopgraph knows."),
        (
            f'[store]\nurl = "{URL}"\ntoken_variable = "s3cr-et"',
            "is not the name of an environment variable.",
        ),
        (
            f'[store]\nurl = "{URL}"\ntoken_variable = "NOT_SET_HERE"',
            "names NOT_SET_HERE, which is not set. Set",
        ),
        (
            '[store]\nurl = "http://example.org/"\ntoken_variable = "NOT_SET_HERE"',
            "'store.token_variable' would send a token in the clear. Use an https:// address.",
        ),
        (
            f'store = "{URL}"\n[parameters]\na = "."',
            "'parameters' has no meaning beside a remote store. Take",
        ),
        (
            f'[store]\nurl = "{URL}"\nupdate_url = "example.org"',
            "'store.update_url' has 'example.org', expected an address.",
        ),
        (
            f'[store]\nurl = "{URL}"\nuser_variable = "NOT_SET_HERE"',
            "'store.user_variable' stands without password_variable. Name both, or a token: token_variable.",
        ),
        (
            f'[store]\nurl = "{URL}"\npassword_variable = "s3cr-et"',
            'is not the name of an environment variable. Write a name, such as "STORE_PASSWORD", and keep',
        ),
        (
            f'[store]\nurl = "{URL}"\ngraph_store_url = "http://example.org/"\nuser_variable = "HOME"\n'
            'password_variable = "HOME"',
            "'store.user_variable' would send a user in the clear. Use an https:// address.",
        ),
        (
            f'[store]\nurl = "{URL}"\ntoken_variable = "HOME"\nuser_variable = "HOME"\n'
            'password_variable = "HOME"',
            "'store.user_variable' stands beside token_variable. Keep one of the two.",
        ),
        (
            f'store = "{URL}"\n[limits]\nquery_rows = 5',
            "'limits' has no meaning beside a remote store. Take it",
        ),
        (
            f'store = "{URL}"\n[wrokspace]\n',
            "'wrokspace' is not a key coopgraph knows. Did you mean 'workspace'?",
        ),
    ],
)
def test_each_slip_has_its_sentence(tmp_path: Path, store: str, sentence: str) -> None:
    with pytest.raises(cg.ConfigError) as caught:
        cg.open(workspace(tmp_path, store))
    assert any(sentence in str(fault) for fault in caught.value.faults), caught.value.faults
    assert "s3cr-et" not in str(caught.value) and "secret" not in str(caught.value)


def test_the_engine_is_that_of_the_workspace_file(tmp_path: Path) -> None:
    with cg.open(workspace(tmp_path, f'store = "{URL}"\nengine = "spark:local[1]"')) as release:
        assert release.engine.master == "local[1]"
    with pytest.raises(cg.ConfigError, match="flink"):
        cg.open(workspace(tmp_path, f'store = "{URL}"\nengine = "flink"'))


def test_store_below_the_header(tmp_path: Path) -> None:
    (tmp_path / "coopgraph.toml").write_text(f'[workspace]\ntitle = "T"\nstore = "{URL}"\n', encoding="utf-8")
    for way in (cg.open, cg.build):
        with pytest.raises(cg.CoopgraphError) as caught:
            way(tmp_path)
        assert "line 3: 'workspace.store' stands inside [workspace]. Write store = " in str(caught.value)


def test_a_token_that_is_more_than_a_line(tmp_path: Path) -> None:
    top = read_file(workspace(tmp_path, f'[store]\nurl = "{URL}"\ntoken_variable = "TOKEN"'))
    read_store(top, {"TOKEN": "abc\r\nX-Evil: 1"})
    assert [fault.what for fault in top.faults] == [
        "'store.token_variable' names TOKEN, which holds no token."
    ]


def test_what_is_built_stays_readable_while_its_file_is_edited(tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    folder.mkdir()
    (folder / "coopgraph.toml").write_text('[workspace]\ntitle = "T"\n[sources.a]\npath = "a.ttl"\n')
    (folder / "a.ttl").write_text("<urn:a> <urn:p> 7 .")
    cg.build(folder)
    (folder / "coopgraph.toml").write_text("[workspace", encoding="utf-8")
    with cg.open(folder) as release:
        assert len(release.table("cities")) == 0
