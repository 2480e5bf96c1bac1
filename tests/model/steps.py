"""What every step of a story needs: things by their numbers, most often ones that the step is meant for."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.model.site import Page, Site

GHOSTS = ("no-uuid", str(UUID(int=7)))


class Steps:
    """Two tenants to whom something happens."""

    sites: list[Site]
    gone: list[str]

    def tell(self, n: int, mutation: str, actor: str, given: dict[str, Any]) -> None:
        """Do it in both, and compare."""
        raise NotImplementedError

    def page(self, n: int, ref: int | None, meant: Callable[[Page], bool] = lambda _: True) -> str | None:
        """The id of a page, by its number: most often one that is meant."""
        own = [*self.sites[n].pages.values()]
        if ref is None:
            return None
        found = [page.id for page in own if ref > 30 or meant(page)] or [page.id for page in own]
        if ref > 37 or not found:
            found = [*GHOSTS, *[*self.sites[1 - n].pages][:2], *self.gone[-2:]]
        return found[ref % len(found)]

    def at(
        self, n: int, ref: int, version: int | None, meant: Callable[[Page], bool] = lambda _: True
    ) -> dict[str, Any]:
        """What names a page, and the version that is expected of it, perhaps."""
        id = self.page(n, ref, meant)
        found = self.sites[n].pages.get(id or "")
        expected = {"expectedVersion": found.version + version} if found and version is not None else {}
        return {"id": id, **expected}

    def tag(self, n: int, index: int) -> str:
        """A locale, by its number."""
        languages = self.sites[n].languages
        return languages[index].tag if index < len(languages) else "fr"

    def texts(self, n: int, texts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Translations with their locales by name."""
        return [{**text, "locale": self.tag(n, text["locale"])} for text in texts]

    def channels(self, n: int, indices: list[int] | None) -> list[str] | None:
        """Channels by name."""
        known = self.sites[n].channels
        return None if indices is None else [known[i] if i < len(known) else "radio" for i in indices]
