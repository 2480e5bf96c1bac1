"""The page of GraphiQL and the files it asks for; nothing of it comes from another host."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from pages_graphql.api.graphiql.examples import EXAMPLES, Example

_STATIC = Path(__file__).parent / "static"
_BUILT: dict[str, str] = json.loads((_STATIC / "manifest.json").read_text())
_FILES_PATH = "/graphiql"
_NAMED_BY_CONTENT = re.compile(r"-[A-Z0-9]{8}\.\w+$")
_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "connect-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; worker-src 'self'; "
    "style-src 'self' 'unsafe-inline'"  # Monaco writes the rules of its themes into the page
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_TEMPLATE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>GraphiQL · pages-graphql</title>
<link rel="icon" type="image/svg+xml" href="{files}/{icon}">
<link rel="stylesheet" href="{files}/{style}">
<script id="config" type="application/json">{config}</script>
<script type="module" src="{files}/{script}"></script>
</head>
<body>
<div id="graphiql">Opening GraphiQL…</div>
<noscript>GraphiQL needs JavaScript. The endpoint answers POST requests without it.</noscript>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class OfferedToken:
    """A token to pick by the name of its role."""

    role: str
    token: str


@dataclass(frozen=True, slots=True)
class OfferedTenant:
    """A tenant to pick, with what may be picked inside it."""

    slug: str
    locales: Sequence[str] = ()
    channels: Sequence[str] = ()
    tokens: Sequence[OfferedToken] = ()


def graphiql_page(
    endpoint: str, *, tenants: Sequence[OfferedTenant] = (), examples: Sequence[Example] = EXAMPLES
) -> HTMLResponse:
    """The page that sends to `endpoint`; the first of `tenants` is the default, and without any the reader types."""
    config = {
        "endpoint": endpoint,
        "tenants": [asdict(tenant) for tenant in tenants],
        "examples": [asdict(example) for example in examples],
    }
    html = _TEMPLATE.format(files=_FILES_PATH, config=_json_in_html(config), **_BUILT)
    return HTMLResponse(html, headers=_HEADERS)


def graphiql_files() -> Mount:
    """The files that the page asks for."""
    return Mount(_FILES_PATH, _Files(directory=_STATIC), name="graphiql")


class _Files(StaticFiles):
    """Files that browsers may keep for ever where their names change with what is in them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with leave to keep it."""
        response = await super().get_response(path, scope)
        if _NAMED_BY_CONTENT.search(path):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'"  # a worker obeys its own file's, not the page's
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _json_in_html(value: object) -> str:
    """JSON that no text in it can end the script element around it with."""
    return json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
