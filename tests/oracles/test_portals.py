"""What portals check with: roc-validator finds the open data release sound, csvw reads and checks its tables.

Both run in an environment of their own, `.venv-portals/` in the checkout, made the first time this test runs:
roc-validator needs another rich than we. Neither gets a network: the context of RO-Crate that it asks for is
the one the library rocrate brings.
"""

from __future__ import annotations

import shutil
import subprocess
from importlib import resources
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.settings.export import ExportSpec, Publishing
from tests.environments import python_of

pytestmark = [pytest.mark.oracle, pytest.mark.slow]
VERSIONS = ("roc-validator==0.13.0", "csvw==4.1.1")
ROC = r"""
import io, sys, urllib.request
import requests
from rdflib import parser
from rocrate_validator import services
from rocrate_validator.models import Severity

context = open(sys.argv[2], "rb").read()

class Answer(io.BytesIO):
    status = code = 200
    url = "https://w3id.org/ro/crate/1.1/context"
    headers = {"content-type": "application/ld+json"}
    info = lambda self: self.headers
    geturl = lambda self: self.url

def requested(*arguments, **named):
    response = requests.Response()
    response.status_code, response._content = 200, context
    response.headers["Content-Type"] = "application/ld+json"
    return response

requests.sessions.Session.request = requested
urllib.request.urlopen = parser._urlopen = lambda *arguments, **named: Answer(context)
result = services.validate(services.ValidationSettings(
    rocrate_uri=sys.argv[1], profile_identifier="ro-crate-1.1", requirement_severity=Severity.RECOMMENDED))
for issue in result.get_issues(min_severity=Severity.RECOMMENDED):
    print(issue.severity.name, issue.check.identifier, issue.message)
print("checked", len(result.executed_checks))
"""
CSVW = r"""
import sys
from csvw import CSVW

read = CSVW(sys.argv[1], validate=True, strict=False)
assert read.is_valid, read.warnings
for table in read.tables:
    print(table.url.string.rpartition("/")[2], sum(1 for _ in table.iterdicts()))
"""


@pytest.fixture(scope="session")
def portals(root: Path) -> Path:
    """The Python of an environment with both validators in it."""
    return python_of(root, ".venv-portals", *VERSIONS)


@pytest.fixture(scope="module")
def crate(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled workspace as an open data release."""
    home = tmp_path_factory.mktemp("portals")
    publishing = Publishing("City of Northport", "data@example.org", "https://example.org/data", "include")
    with cg.open(built) as release:
        cg.export(release, home / "crate", "ro-crate", settings=ExportSpec(release=publishing))
    return home / "crate"


def ran(python: Path, program: str, *arguments: Path) -> list[str]:
    command = [str(python), "-c", program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def test_roc_validator_misses_nothing_required_or_recommended(portals: Path, crate: Path) -> None:
    with resources.as_file(resources.files("rocrate") / "data" / "ro-crate.jsonld") as context:
        told = ran(portals, ROC, crate, context)
        assert told == ["checked 67"]
        (crate / "README.md").rename(crate / "elsewhere.md")
        try:
            assert any("README.md" in line for line in ran(portals, ROC, crate, context))
        finally:
            (crate / "elsewhere.md").rename(crate / "README.md")


def test_csvw_finds_the_tables_valid(portals: Path, crate: Path, tmp_path: Path) -> None:
    told = dict(line.split(" ") for line in ran(portals, CSVW, crate / "tables" / "csv-metadata.json"))
    assert told["cities.csv"] == "173"
    assert told["participations.csv"] == "354"
    broken = shutil.copytree(crate / "tables", tmp_path / "broken")
    text = (broken / "participations.csv").read_text(encoding="utf-8")
    (broken / "participations.csv").write_text(text.replace(",lima,", ",nowhere,"), encoding="utf-8")
    command = [str(portals), "-c", CSVW, str(broken / "csv-metadata.json")]
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0
