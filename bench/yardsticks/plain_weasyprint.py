"""`python -m bench.yardsticks.plain_weasyprint HTML PICTURES PDF`: the call that would be made otherwise.

One fresh process a report, PDF/A-3a with tags, our style sheet and fonts; nothing of ours beside them.
"""

import sys
from pathlib import Path
from typing import Any

from exports.typesetting import fonts
from exports.typesetting.pdf import STYLES


def main(html: Path, pictures: Path, out: Path) -> None:
    """Typeset one report."""
    fonts.configure()
    import weasyprint  # noqa: PLC0415 (after the fonts are known)

    class Pictures(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, _headers: object = None) -> Any:
            content = (pictures / url.removeprefix("picture:")).read_bytes()
            return weasyprint.urls.URLFetcherResponse(url, content, {"Content-Type": "image/jpeg"})

    document = weasyprint.HTML(string=html.read_text("utf-8"), url_fetcher=Pictures())
    document.write_pdf(out, stylesheets=[weasyprint.CSS(STYLES)], pdf_variant="pdf/a-3a", pdf_tags=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
