"""One Spark for all its tests, on two cores and nothing but this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coopgraph.columns.engine import Engine
from coopgraph.columns.opening import open_engine


@pytest.fixture(scope="session")
def spark() -> Iterator[Engine]:
    """Spark on two cores. Its compiler is held back: short runs spend their time compiling."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        with open_engine("spark:local[2]", memory="1GB") as engine:
            yield engine
