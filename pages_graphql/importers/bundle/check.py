"""A bundle read through before anything is written: every row fits the others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from pages_graphql.core.text import content_hash
from pages_graphql.documents.model import SCHEMA_VERSION
from pages_graphql.importers.bundle.kinds import TARGETS
from pages_graphql.importers.bundle.lines import End, Head
from pages_graphql.importers.bundle.read import Bundle, Row
from pages_graphql.importers.bundle.scratch import Pointers, Scratch
from pages_graphql.importers.bundle.shapes import STAMPS, MenuDocument, PageDocument
from pages_graphql.importers.source_file import Progress
from pages_graphql.menus import document as menus
from pages_graphql.pages import document as pages
from pages_graphql.pages.editing import slugs
from pages_graphql.pages.repository.texts import names
from pages_graphql.routes.repository import Claim
from pages_graphql.storage.columns import NIL

_MISSHAPEN = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What reading a document raises that has another shape than documents have."""


@dataclass(frozen=True)
class Checked:
    """A bundle that holds together: what its first and last line say, and the hosts it brings."""

    head: Head
    end: End
    hosts: Sequence[str]


def check_bundle(path: Path, scratch: Scratch, progress: Progress) -> Checked:
    """Read a bundle through; a `DamagedFile` names the line that does not fit. What was found stays in the scratch."""
    bundle = Bundle(path, progress)
    check = _Check(bundle, scratch)
    for row in bundle.rows():
        check.row(row)
    check.whole()
    return Checked(bundle.head, bundle.end, check.hosts)


class _Check:
    def __init__(self, bundle: Bundle, scratch: Scratch) -> None:
        self.hosts: list[str] = []
        self._bundle, self._scratch = bundle, scratch
        self._kinds: Mapping[str, Callable[[Row], None]] = {
            "locale": self._locale,
            "host": self._host,
            "page": self._page,
            "menu": self._document,
            "page_revision": self._page_revision,
            "menu_revision": self._menu_revision,
        }

    def row(self, row: Row) -> None:
        kind, values = row.kind, row.values
        if kind.name in TARGETS:
            self._scratch.have(kind.name, kind.key_of(values))
        for unique in kind.uniques:
            self._once(kind.name, *(values[name] for name in unique))
        for pointer in kind.pointers:
            key = tuple(values[name] for name in pointer.columns)
            if None not in key:
                self._scratch.want(row.line, pointer.target, key)
        if special := self._kinds.get(kind.name):
            special(row)

    def whole(self) -> None:
        """What can only be told when all is read."""
        if missing := self._scratch.missing():
            line, kind = missing
            self._bundle.fail(f"this points at a {kind} that is not in the file", line)
        if line := self._scratch.unreachable():
            self._bundle.fail("this page stands below itself", line)
        if self._scratch.take("default locale"):
            self._bundle.fail("the tenant has no default locale")

    def _locale(self, row: Row) -> None:
        if row.values["is_default"]:
            self._once("default locale")

    def _host(self, row: Row) -> None:
        self.hosts.append(row.values["host"])

    def _page(self, row: Row) -> None:
        self._document(row)
        if row.values["is_home"]:
            self._once("home page")

    def _document(self, row: Row) -> None:
        values = row.values
        pointers = Pointers(values.get("parent_id"), values["draft_revision"], values["live_revision"])
        self._scratch.add(row.line, row.kind.name, values["id"], pointers)

    def _page_revision(self, row: Row) -> None:
        content = self._content(row)
        try:
            _ = PageDocument.model_validate(content)
            _ = names(content), pages.references(content), pages.rendering(content, dict)
            found = slugs(content)
        except _MISSHAPEN:
            self._bundle.fail("this content is no page's")
        id, number = row.values["page_id"], row.values["number"]
        page = self._scratch.pointers("page", id)
        if page is None or not page.stages(number):
            return
        places = (number == page.draft, number == page.live)
        for locale, slug in found.items():
            self._claim(Claim(page.parent or NIL, locale, slug, id, *places))

    def _claim(self, claim: Claim) -> None:
        if not self._scratch.claim(claim):
            self._bundle.fail(f"another page beside this one has the slug “{claim.slug}”")

    def _menu_revision(self, row: Row) -> None:
        content = self._content(row)
        try:
            _ = MenuDocument.model_validate(content)
            _ = menus.references(content)
        except _MISSHAPEN:
            self._bundle.fail("this content is no menu's")

    def _content(self, row: Row) -> Mapping[str, Any]:
        values = row.values
        if values["schema_version"] > SCHEMA_VERSION:
            self._bundle.fail(f"content of version {values['schema_version']} is newer than this service")
        if values["content_hash"] != content_hash(values["content"]):
            self._bundle.fail("the content is not what its hash says")
        try:
            content = orjson.loads(values["content"])
            stamps = STAMPS.validate_json(values["stamps"])
            if not set(content["translations"]) <= set(stamps):
                self._bundle.fail("the times of translations are missing")
        except _MISSHAPEN:
            self._bundle.fail("this content is no document")
        return content

    def _once(self, *what: object) -> None:
        if not self._scratch.take(*what):
            self._bundle.fail(f"there is a {' '.join(map(str, what))} before this one already")
