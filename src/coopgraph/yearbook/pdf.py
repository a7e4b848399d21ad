"""The page of a year book printed as PDF: tagged (PDF/UA-1), its fonts within, the same bytes each time.

In: HTML that needs nothing beside it. Out: bytes. WeasyPrint, the extra `pdf`, with Pango from the system;
decision 27.
"""

from __future__ import annotations

import hashlib
from typing import Any

from coopgraph.errors import ProjectionError
from coopgraph.network.faults import fault


def printed(page: str) -> bytes:
    """Return a page as PDF.

    Raises
    ------
    ProjectionError
        Where WeasyPrint or what it needs of the system is not installed, with what to install.
    """
    weasyprint = printer()
    identifier = hashlib.sha256(page.encode()).hexdigest()[:32].encode()
    document = weasyprint.HTML(string=page, url_fetcher=_within(weasyprint))
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    return written


def printer() -> Any:
    """Return what prints, the module WeasyPrint; raises ProjectionError as `printed` does."""
    try:
        import weasyprint
    except ImportError:
        wrong = fault("The package weasyprint is not installed.", "Install it: pip install 'coopgraph[pdf]'.")
    except OSError as error:
        fix = "Install it: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0, or brew install pango."
        wrong = fault(f"Pango, which draws the letters, is missing: {str(error).splitlines()[0]}", fix)
    else:
        return weasyprint
    raise ProjectionError("The PDF cannot be written; the HTML can.", faults=[wrong]) from None


def _within(weasyprint: Any) -> Any:
    """Return what fetches addresses: only those that hold their own content; nothing else is reached."""
    return weasyprint.urls.URLFetcher(allowed_protocols=["data"])
