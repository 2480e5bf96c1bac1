"""Bundles in pieces, and all the ways in which one is damaged."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

from pages_graphql.core.text import canonical_json

Damage: TypeAlias = Callable[[list[bytes]], tuple[bytes, int]]
"""Of the lines of a whole file: what is in the damaged one, and the line that is to be named."""


def read(path: Path) -> bytes:
    return path.read_bytes()


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def listed(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def entry(kind: str, row: dict[str, Any]) -> bytes:
    return canonical_json({"type": kind, "row": row}).encode() + b"\n"


def resealed(lines: list[bytes]) -> bytes:
    """Lines whose last one counts and seals them, as if they had been written so."""
    body = [line for line in lines if b'"type":"end"' not in line]
    kinds = [json.loads(line)["type"] for line in body[1:]]
    counts = {kind: kinds.count(kind) for kind in kinds}
    end = {"type": "end", "counts": counts, "sha256": hashlib.sha256(b"".join(body)).hexdigest()}
    return b"".join([*body, canonical_json(end).encode() + b"\n"])


def the(lines: list[bytes], kind: str, nth: int = 0) -> int:
    """Where the nth row of a kind is."""
    return [n for n, line in enumerate(lines) if line.endswith(b'"type":"%s"}\n' % kind.encode())][nth]


def cut(lines: list[bytes]) -> tuple[bytes, int]:
    content = b"".join(lines)
    return (left := content[: len(content) // 2]), left.count(b"\n") + 1


def cut_between(lines: list[bytes]) -> tuple[bytes, int]:
    return b"".join(lines[:-3]), len(lines) - 3


def no_json(lines: list[bytes]) -> tuple[bytes, int]:
    at = the(lines, "page_revision")
    lines[at] = lines[at].replace(b":", b";", 1)
    return b"".join(lines), at + 1


def no_row(lines: list[bytes]) -> tuple[bytes, int]:
    lines.insert(3, b"[1]\n")
    return resealed([*lines[:3], b'{"type":"cat","row":{}}\n', *lines[4:]]), 4


def missing(lines: list[bytes]) -> tuple[bytes, int]:
    del lines[the(lines, "import_source")]
    return b"".join(lines), len(lines)


def other_bytes(lines: list[bytes]) -> tuple[bytes, int]:
    at = the(lines, "channel", 1)
    lines[at] = lines[at].replace(b"Web", b"Wet")
    return b"".join(lines), len(lines)


def twice(lines: list[bytes]) -> tuple[bytes, int]:
    at = the(lines, "page", 1)
    lines.insert(at, lines[at])
    return resealed(lines), at + 2


def out_of_order(lines: list[bytes]) -> tuple[bytes, int]:
    at = the(lines, "page")
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return resealed(lines), at + 2


def changed(kind: str, change: Callable[[dict[str, Any]], object], nth: int = 0) -> Damage:
    def damage(lines: list[bytes]) -> tuple[bytes, int]:
        at = the(lines, kind, nth)
        row = json.loads(lines[at])["row"]
        change(row)
        lines[at] = entry(kind, row)
        return resealed(lines), at + 1

    return damage


def says(row: dict[str, Any], content: object) -> None:
    text = canonical_json(content)
    row.update(content=text, content_hash=hashlib.sha256(text.encode()).hexdigest())


def content(kind: str, place: tuple[str | int, ...], value: object) -> Damage:
    """The first document of a kind with another value at a place."""

    def change(row: dict[str, Any]) -> None:
        document: Any = json.loads(row["content"])
        part = document
        for step in place[:-1]:
            part = part[step]
        part[place[-1]] = value
        says(row, document)

    return changed(kind, change)


def unique_twice(lines: list[bytes]) -> tuple[bytes, int]:
    at = the(lines, "redirect")
    row = json.loads(lines[at])["row"]
    lines.insert(at + 1, entry("redirect", {**row, "id": "ffffffff" + row["id"][8:]}))
    return resealed(lines), at + 2


def undefaulted(lines: list[bytes]) -> tuple[bytes, int]:
    damage = changed("locale", lambda row: row.update(is_default=False), 1)
    return damage(lines)[0], len(lines)


DAMAGE: dict[str, tuple[Damage, str]] = {
    "cut": (cut, "breaks off here"),
    "cut between lines": (cut_between, "the line that ends a bundle is missing"),
    "no JSON": (no_json, "column"),
    "no row": (no_row, "no row of a bundle"),
    "a line is missing": (missing, "the end counts 1 of import_source, and 0 are here"),
    "other bytes": (other_bytes, "SHA-256"),
    "an id twice": (twice, "this page is here twice"),
    "out of order": (out_of_order, "stands out of order"),
    "behind the end": (lambda lines: (b"".join([*lines, lines[1]]), len(lines) + 1), "behind the end"),
    "a parent that is not there": (changed("page", lambda row: row.update(parent_id=str(uuid4()))), "points at a page"),
    "a draft that is not there": (
        changed("page", lambda row: row.update(draft_revision=99)),
        "points at a page_revision",
    ),
    "a page below itself": (changed("page", lambda row: row.update(parent_id=row["id"])), "stands below itself"),
    "a menu that is not there": (
        changed("menu_binding", lambda row: row.update(menu_id=str(uuid4()))),
        "points at a menu",
    ),
    "a second home": (changed("page", lambda row: row.update(is_home=True), 1), "a home page before"),
    "an id that is none": (changed("redirect", lambda row: row.update(id=5)), "“id” is no id"),
    "a value of another kind": (changed("page", lambda row: row.update(position="1")), "“position” is no number"),
    "a time of nowhere": (changed("page", lambda row: row.update(created_at="2026-01-01")), "without its offset"),
    "a time before all times": (
        changed("page", lambda row: row.update(created_at="0001-01-01T00:00:00+23:59")),
        "“created_at” is no time",
    ),
    "a locale that is none": (changed("locale", lambda row: row.update(locale="!")), "“locale” is no locale"),
    "fallbacks that are no list": (
        changed("locale", lambda row: row.update(fallbacks="null")),
        "“fallbacks” is no list of locales",
    ),
    "fallbacks that are no locales": (
        changed("locale", lambda row: row.update(fallbacks='["en", 1]')),
        "“fallbacks” is no text",
    ),
    "a schema that is none": (changed("block_type", lambda row: row.update(json_schema="[]")), "is no schema for"),
    "an origin that is none": (
        changed("redirect", lambda row: row.update(origin="FOUND")),
        "“origin” is none of IMPORTED, MANUAL",
    ),
    "a place that is none": (changed("menu_binding", lambda row: row.update(location="ROOF")), "“location” is none of"),
    "a value that is missing": (changed("page", lambda row: row.pop("id")), "“id” is missing"),
    "a value too much": (changed("page", lambda row: row.update(cat=1)), "a page has no “cat”"),
    "another content": (changed("page_revision", lambda row: row.update(content="{}")), "what its hash says"),
    "no page": (changed("page_revision", lambda row: says(row, {"translations": {}})), "content is no page's"),
    "no menu": (changed("menu_revision", lambda row: says(row, {"translations": {}})), "content is no menu's"),
    "a text of no format": (
        content("page_revision", ("translations", "en", "body", "format"), "RTF"),
        "content is no page's",
    ),
    "a text of nothing": (content("page_revision", ("translations", "en", "body"), {}), "content is no page's"),
    "a slug that is none": (content("page_revision", ("translations", "en", "slug"), None), "content is no page's"),
    "a page in no locale": (content("page_revision", ("translations",), {}), "content is no page's"),
    "a block that says nothing": (content("page_revision", ("blocks", 0, "data"), None), "content is no page's"),
    "no such policy": (content("menu_revision", ("hiddenTargetPolicy",), "SHOW"), "content is no menu's"),
    "a link to no page": (content("menu_revision", ("items", 0, "link", "pageId"), "x"), "content is no menu's"),
    "an item of another shape": (content("menu_revision", ("items", 0, "translations"), []), "content is no menu's"),
    "times that are none": (
        changed("page_revision", lambda row: row.update(stamps='{"de":"now","en":"now"}')),
        "is no document",
    ),
    "channels that are no list": (changed("page", lambda row: row.update(channels="{}")), "“channels” is no list of"),
    "newer content": (changed("page_revision", lambda row: row.update(schema_version=99)), "newer than this service"),
    "no times": (changed("page_revision", lambda row: row.update(stamps="{}")), "times of translations"),
    "a redirect twice": (unique_twice, "there is a redirect /sale .* before this one"),
    "no default": (undefaulted, "no default locale"),
}
