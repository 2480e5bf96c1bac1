"""What can be asked to be done to pages: the inputs of the use cases, checked for their form."""

from typing import Any

from pydantic import Field

from pages_graphql.core.access import Permission
from pages_graphql.core.inputs import Command
from pages_graphql.pages.content import Block, Locale, Translation


class PageCommand(Command):
    """An input that acts on a page."""

    id: str
    expected_version: int | None = None


class CreatePage(Command):
    """A new page."""

    needs = Permission.PAGES_CREATE

    parent_id: str | None = None
    before_id: str | None = None
    after_id: str | None = None
    template: str | None = Field(default=None, min_length=1, max_length=100)
    channels: list[str] | None = None
    metadata: dict[str, Any] | None = None
    translations: list[Translation]
    blocks: list[Block] | None = None
    publish: bool = False
    note: str | None = None


class UpdatePage(PageCommand):
    """A change to what a page says and how it is shown."""

    needs = Permission.PAGES_UPDATE

    template: str | None = Field(default=None, min_length=1, max_length=100)
    channels: list[str] | None = None
    metadata: dict[str, Any] | None = None
    translations: list[Translation] | None = None
    remove_locales: list[Locale] | None = None
    blocks: list[Block] | None = None
    note: str | None = None


class PublishPage(PageCommand):
    """A page to show readers."""

    needs = Permission.PAGES_PUBLISH

    with_descendants: bool = False
    note: str | None = None


class UnpublishPage(PageCommand):
    """A page to take from readers."""

    needs = Permission.PAGES_PUBLISH

    with_descendants: bool = False
    refuse_if_referenced: bool = False
