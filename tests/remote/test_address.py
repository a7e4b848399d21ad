"""A store opened by its address alone, without a workspace."""

from __future__ import annotations

import pytest

import coopgraph as cg
from tests.remote.conftest import Pair
from tests.remote.virtuoso import Virtuoso


@pytest.mark.virtuoso
@pytest.mark.xdist_group("virtuoso")
def test_its_tables_are_those_of_the_workspace(pair: Pair, virtuoso: Virtuoso) -> None:
    with cg.open(virtuoso.url) as remote, cg.open(pair.built) as built:
        assert remote.table("memberships").equals(built.table("memberships"))
        assert remote.manifest.workspace["title"] == virtuoso.url


def test_what_is_no_address_is_told() -> None:
    with pytest.raises(cg.ConfigError, match=r"a user or a password in the address") as told:
        cg.open("https://me:secret@example.org/sparql")
    assert "secret" not in str(told.value)
