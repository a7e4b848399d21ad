"""One page's HTML: the site's frame around a template, in the reader's language, with the release's facts.

In: a request, a template and its values. Out: a response. Data enter by autoescaping and `tojson` alone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from coopgraph.errors import StoreError
from coopgraph.languages import LANGUAGE_NAMES
from coopgraph.views.drawing import in_language, web_address
from coopgraph.views.names import Names, names_in, title_of
from coopgraph.web import numbers
from coopgraph.web.words import script_words, words_in

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request

    from coopgraph.release import Release
    from coopgraph.release.served import Served
    from coopgraph.web.words import Words

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"
NAV: Final = (  # page, and its name
    ("explore", "Explore"),
    ("map", "Map"),
    ("timeline", "Timeline"),
    ("measures", "Measures"),
    ("sdgs", "SDGs"),
    ("money", "Money"),
    ("secretariat", "For the secretariat"),
    ("ask", "Ask"),
    ("query", "SPARQL"),
    ("ontology", "Ontology"),
)


@dataclass(frozen=True)
class Asked:
    """What a page is asked for: by whom it is served, in which language, of which release."""

    request: Request
    lang: str
    served: Served
    release_id: str

    @property
    def words(self) -> Words:
        """The interface in the reader's language."""
        return words_in(self.lang)

    @property
    def release(self) -> Release:
        """The release the page shows."""
        return self.served.release(self.release_id)

    @property
    def names(self) -> Names:
        """What things of the release are called."""
        return names_of(self.served, self.release_id)


def asked(request: Request) -> Asked:
    """Read language and release of a request; raises HTTPException 404 or 410 for what is not there."""
    lang = request.path_params.get("lang") or request.query_params.get("lang") or "en"
    if lang not in LANGUAGE_NAMES:
        raise HTTPException(404)
    served: Served = request.app.state.served
    identity = request.query_params.get("release") or served.current_id
    try:
        served.release(identity)
    except StoreError as error:
        raise HTTPException(410, str(error)) from error
    return Asked(request, lang, served, identity)


def page(
    request: Request, template: str, *, rooms: tuple[str, ...] = (), status: int = 200, **values: Any
) -> HTMLResponse:
    """Render a page; `rooms` are those of the words its script needs beside the shell's.

    A template extends `shell.html.j2`. It has `_` and `_n` for words, `number`, `share`, `money` and `day`,
    `label` for texts by language, `here` for the address of another page, and what `values` brings.
    """
    this = asked(request)
    release, lang = this.release, this.lang
    html = (
        environment()
        .get_template(template)
        .render(
            this=this,
            lang=lang,
            languages=LANGUAGE_NAMES,
            _=this.words,
            _n=this.words.plural,
            number=partial(_of, numbers.number, lang),
            share=partial(_of, numbers.share, lang),
            money=lambda amount, currency: numbers.money(amount, currency, lang),
            day=partial(_of, numbers.day, lang),
            label=lambda texts: in_language(texts, lang),
            here=partial(address, lang),
            workspace_title=in_language(title_of(release.manifest.workspace), lang),
            release_id=this.release_id,
            now=release.now,
            licence=str(release.manifest.workspace.get("licence") or ""),
            sources=sources_of(this),
            path=request.url.path,
            query_string=request.url.query,
            nav=NAV,
            current=request.path_params.get("page", template.partition(".")[0]),
            beyond_loopback=getattr(request.app.state, "beyond_loopback", False),
            status=status,
            words_json=script_words(lang, ("shell", *rooms)),
            **values,
        )
    )
    return HTMLResponse(html, status, headers={"Content-Language": lang})


def address(lang: str, page: str, /, **query: Any) -> str:
    """The address of another page of the site.

    >>> address("es", "city", iri="urn:a b")
    '/es/city?iri=urn%3Aa+b'
    """
    text = urlencode({name: value for name, value in query.items() if value is not None})
    return f"/{lang}/{page}" + (f"?{text}" if text else "")


def names_of(served: Served, release_id: str) -> Names:
    """Return what things of a release are called, read once."""
    return served.made(release_id, "names", names_in)


def sources_of(this: Asked) -> list[dict[str, Any]]:
    """The release's sources for the foot of a page, by publisher and title."""

    def make(release: Release) -> list[dict[str, Any]]:
        rows = release.table("sources").to_pylist()
        return sorted(rows, key=lambda row: (row["publisher"] or "", row["title"] or row["source"]))

    return this.served.made(this.release_id, "sources", make)


def _of(write: Any, lang: str, value: Any, **how: Any) -> str:
    return str(write(value, lang, **how))


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The site's templates; autoescaping is always on."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    made.filters["web_address"] = web_address
    return made


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """The address of a built file, with its digest, so that browsers may keep it for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"
