"""The document of a page: what it says in each locale, its blocks and its metadata."""

from collections.abc import Mapping
from typing import Annotated, Any, Self, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from pages_graphql.core import locale as bcp47
from pages_graphql.core.inputs import Input
from pages_graphql.core.urls import safe_url
from pages_graphql.documents.render import PageBodyFormat


def _url(value: str) -> str:
    if not safe_url(value):
        raise ValueError("A URL is relative, or http, https, mailto or tel.")
    return value


def _file(value: str) -> str:
    if value.lower().startswith(("mailto:", "tel:")):
        raise ValueError("The URL of a file is relative, or http or https.")
    return value


URL_LENGTH = 2_000
"""How many characters a URL may have."""

Url = Annotated[str, Field(max_length=URL_LENGTH, json_schema_extra={"format": "uri-reference"}), AfterValidator(_url)]
FileUrl = Annotated[Url, AfterValidator(_file)]
Locale = Annotated[str, AfterValidator(bcp47.normalise)]
Id = Annotated[str, Field(min_length=1, max_length=255)]
Line = Annotated[str, Field(max_length=1_000)]


class Body(Input):
    """A text and how it is written."""

    format: Annotated[PageBodyFormat, Field(strict=False)] = PageBodyFormat.MARKDOWN
    content: str


class Image(Input):
    """A picture: an address, or a file of the media module."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["src"]}, {"required": ["mediaId"]}]})

    src: FileUrl | None = None
    media_id: Id | None = None
    alt: Line | None = None
    caption: Line | None = None
    width: int | None = Field(default=None, ge=1, le=100_000)
    height: int | None = Field(default=None, ge=1, le=100_000)

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if self.src is None and self.media_id is None:
            raise ValueError("A picture needs `src` or `mediaId`.")
        return self


class Link(Input):
    """Where a click leads: a page, or an address."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["url"]}, {"required": ["pageId"]}]})

    label: Line | None = None
    url: Url | None = None
    page_id: Id | None = None

    @model_validator(mode="after")
    def _leads_to_one_place(self) -> Self:
        if (self.url is None) == (self.page_id is None):
            raise ValueError("A link needs `url` or `pageId`, and only one of them.")
        return self


class OpenGraph(Input):
    """What other sites show of a link to the page."""

    title: Line | None = None
    description: Line | None = None
    type: Line | None = None
    image: Image | None = None


class Seo(Input):
    """What search engines are told, where it is not derived."""

    title: Line | None = None
    description: Line | None = None
    canonical_url: Url | None = None
    robots: Line | None = None
    image: Image | None = None
    open_graph: OpenGraph | None = None


class Translation(Input):
    """What an input says of a page in one locale."""

    locale: Locale
    title: str | None = None
    slug: str | None = None
    body: Body | None = None
    seo: Seo | None = None


class Override(Input):
    """What is different in a block in one locale."""

    locale: Locale
    data: dict[str, Any] | None = None


class Block(Input):
    """A block as an input gives it; its data is checked by its type."""

    id: str | None = None
    type: str
    data: dict[str, Any]
    overrides: list[Override] | None = None


def stored(model: BaseModel) -> dict[str, Any]:
    """A part of an input as a document keeps it: JSON with the graph's names, without nulls."""
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def patched(before: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """A part with what a change says of it: objects merge, null clears, anything else replaces."""
    after = dict(before)
    for name, value in change.items():
        if value is None:
            _ = after.pop(name, None)
        elif isinstance(value, dict):
            inner = after.get(name)
            known = cast("dict[str, Any]", inner if isinstance(inner, dict) else {})
            after[name] = patched(known, cast("dict[str, Any]", value))
        else:
            after[name] = value
    return after
