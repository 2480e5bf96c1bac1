"""What a path leads to, as the graph shows it."""

from datetime import datetime
from typing import Any, NamedTuple

import strawberry

from pages_graphql.api.fields import Shown, column
from pages_graphql.core.view import Source
from pages_graphql.pages.repository.rows import PageSource
from pages_graphql.pages.types import Page


class RouteRow(NamedTuple):
    """An asked path and what it leads to."""

    status_code: int
    path: str
    locale: str
    page: PageSource | None = None
    canonical_path: str = ""
    canonical_locale: str = ""
    location: str = ""
    gone_at: datetime | None = None

    @property
    def is_canonical(self) -> bool:
        """Whether the page lives where it was asked for."""
        return (self.path, self.locale) == (self.canonical_path, self.canonical_locale)

    @property
    def target_path(self) -> str | None:
        """The path of the page that a redirect leads to; None outside."""
        return self.canonical_path or None

    @property
    def target_locale(self) -> str | None:
        """The locale of that path."""
        return self.canonical_locale or None

    @property
    def is_permanent(self) -> bool:
        """Whether clients may remember the redirect."""
        return self.status_code in {301, 308}


@strawberry.interface(description="What an asked path leads to.")
class PathRoute(Shown[RouteRow]):
    """What an asked path leads to."""

    status_code: int = column("status_code", "The HTTP status that an app should answer with.")
    path: str = column("path", "The path asked for, normalised.")
    locale: str = column("locale", "The locale asked for.")

    @classmethod
    def pick(cls, source: Source[Any]) -> "type[PathRoute]":
        """The type of answer, by its status."""
        return ROUTES.get(source.row.status_code, PathRedirectRoute)


@strawberry.type(description="A page lives here.")
class PageRoute(PathRoute):
    """A page lives here."""

    page: Page = column("page", "The page that lives here.")
    is_canonical: bool = column("is_canonical", "Whether it lives exactly here; else a fallback matched.")
    canonical_path: str = column("canonical_path", "Where the page lives.")
    canonical_locale: str = column("canonical_locale", "The locale that it lives in.")


@strawberry.type(description="What lived here lives elsewhere now.")
class PathRedirectRoute(PathRoute):
    """It lives elsewhere."""

    is_permanent: bool = column("is_permanent", "Whether clients may remember it.")
    location: str = column("location", "Where to go: a path with its locale's prefix, or a whole URL; final.")
    target_page: Page | None = column("page", "The page that it leads to.")
    target_path: str | None = column("target_path", "That page's path, without the locale's prefix.")
    target_locale: str | None = column("target_locale", "The locale of that path.")


@strawberry.type(description="A page lived here, and does no more.")
class PathGoneRoute(PathRoute):
    """It is gone."""

    gone_at: datetime = column("gone_at", "When it went.")


@strawberry.type(description="Nothing ever lived here that this View may know of.")
class PathNotFoundRoute(PathRoute):
    """Nothing is here."""


ROUTES: dict[int, type[PathRoute]] = {200: PageRoute, 410: PathGoneRoute, 404: PathNotFoundRoute}
