"""The table of results: a row for each measurement; words are no numbers, and what is not stated is null."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

import coopgraph as cg
from coopgraph.release.locate import release_directory

HERE = Path(__file__).parent
ID = "https://w3id.org/coopgraph/id/"
KIND = "https://w3id.org/coopgraph/concept/result-kind/"
VALUES = ("baseline", "target", "actual", "baseline_words", "target_words", "actual_words")


def test_each_measurement_of_each_result() -> None:
    with cg.open(HERE / "results.trig") as release:
        found = release.table("results").to_pylist()
    assert found[0] == {
        "result": f"{ID}result/a",
        "of": f"{ID}action/course",
        "kind": f"{KIND}output",
        "measurement": f"{ID}measurement/1",
        "indicator": "people",
        "unit": "people",
        "baseline": Decimal("0.000000"),
        "target": Decimal("40.500000"),
        "actual": Decimal("38.000000"),
        "baseline_words": None,
        "target_words": None,
        "actual_words": None,
        "start": "2024",
        "end": "2024-06",
        "source": ["https://w3id.org/coopgraph/graph/two", f"{ID}source/one"],
    }
    rest = [(row["result"][-1], (row["measurement"] or "-")[-1], *map(row.get, VALUES)) for row in found[1:]]
    assert rest == [
        ("a", "2", None, 50, None, None, None, None),
        ("b", "3", None, None, None, None, "adopted", "drafted"),
        ("c", "-", None, None, None, None, None, None),
    ]  # fmt: skip
    assert [(row["of"].rsplit("/", 1)[-1], row["kind"]) for row in found[2:]] == [
        ("p", None),
        ("course", f"{KIND}impact"),
    ]


def test_without_results_it_is_empty_and_of_the_same_types(built: Path) -> None:
    with cg.open(HERE / "results.trig") as release:
        kinds = release.table("results").schema.types
    with cg.open(built) as bundled:
        assert bundled.table("results").num_rows == 0
        assert bundled.table("results").schema.types == kinds


def test_a_release_made_before_the_table_has_it_of_its_graph(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    shutil.copytree(built, folder)
    made = release_directory(folder)
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    del manifest["files"]["tables/results.parquet"]
    (made / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (made / "tables" / "results.parquet").unlink()
    with cg.open(folder) as release:
        assert release.table("results").num_rows == 0
        assert pa.types.is_decimal(release.table("results").schema.field("actual").type)
