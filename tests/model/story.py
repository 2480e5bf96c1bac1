"""A story: mutations drawn at random, told to the service and to the model, which must agree after each."""

from asyncio import Runner
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from pages_graphql.storage.database import Database
from tests.model import service
from tests.model.acts import tried
from tests.model.answers import answer
from tests.model.drawn import acts
from tests.model.site import Language, Onlooker, Page, Site
from tests.world import World, new_world

SITES = (
    Site(
        (Language("en", is_default=True), Language("de", "/de", ("en",)), Language("ru", "/ru", ("de",))),
        ("web", "app", "kiosk"),
    ),
    Site(
        (Language("pt-BR", "/br"), Language("pt", is_default=True), Language("de-AT", "/at", ("pt-BR",))),
        ("shop", "app"),
    ),
)
GHOSTS = ("no-uuid", str(UUID(int=7)))


class Story(RuleBasedStateMachine):
    """What happens to two tenants."""

    database: Database
    runner: Runner
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.sites = [site.copy() for site in SITES]
        self.gone: list[str] = []
        self.worlds = [self.runner.run(_world(self.database, site)) for site in SITES]
        self.step = 0

    def teardown(self) -> None:
        for n, (world, site) in enumerate(zip(self.worlds, self.sites, strict=True)):
            for who in self.onlookers(n):
                self.runner.run(_compare(world, site, who, self.paths(n)))
                self.runner.run(_compare_lists(world, site, who))
            assert self.runner.run(service.drift(world)) == {}

    @initialize(speaking=st.lists(st.lists(st.integers(0, 2), min_size=1, unique=True), min_size=8, max_size=8))
    def begin(self, speaking: list[list[int]]) -> None:
        """Two pages at the root, two under each, most of them live, in some locales each."""
        for n, spoken in enumerate((speaking, speaking[::-1])):
            for at, locales in enumerate(spoken[:6]):
                texts = self.texts(n, [{"locale": one, "title": "AB"[(at + one) % 2]} for one in locales])
                above = [*self.sites[n].pages][at // 2 - 1] if at > 1 else None
                given = {"translations": texts, "parentId": above, "publish": at < 5}
                self.tell(n, "createPage", "author" if at == 5 else "admin", given)

    @rule(act=acts)
    def happens(self, act: tuple[str, dict[str, Any]]) -> None:
        """Something of all that can happen."""
        name, given = act
        type(self).steps += 1
        getattr(self, name)(**given)

    def create(self, n: int, actor: str, parent: int | None, texts: Any, publish: bool) -> None:
        above = self.page(n, parent, lambda page: page.live is not None or not publish)
        given = {"translations": self.texts(n, texts), "publish": publish, "parentId": above}
        self.tell(n, "createPage", actor, given)

    def create_in(self, n: int, parent: int | None, beside: int, channels: Any, title: str) -> None:
        given: Any = {"translations": self.texts(n, [{"locale": 0, "title": title}]), "parentId": self.page(n, parent)}
        given |= {"channels": self.channels(n, channels)} if channels else {}
        side = self.page(n, beside, lambda page: page.parent == given["parentId"])
        self.tell(n, "createPage", "admin", {**given, "beforeId" if beside % 2 else "afterId": side})

    def update(self, n: int, actor: str, page: int, version: Any, texts: Any, meta: Any) -> None:
        given = self.at(n, page, version, lambda page: not page.archived)
        given |= {} if meta is None else {"metadata": {"m": meta} if meta else {}}
        self.tell(n, "updatePage", actor, {**given, "translations": self.texts(n, texts)})

    def remove(self, n: int, actor: str, page: int, version: Any, which: int, texts: Any) -> None:
        given = self.at(n, page, version, lambda page: not page.archived and len(page.draft["texts"]) > 1)
        found = self.sites[n].pages.get(given["id"])
        there = [*(found.draft["texts"] if found and which else ()), "fr"]
        given |= {} if texts is None else {"translations": self.texts(n, texts)}
        self.tell(n, "updatePage", actor, {**given, "removeLocales": [there[which % len(there)]]})

    def show_in(self, n: int, actor: str, page: int, version: Any, channels: Any) -> None:
        given = self.at(n, page, version, lambda page: not page.archived)
        self.tell(n, "updatePage", actor, {**given, "channels": self.channels(n, channels)})

    def publish(self, n: int, actor: str, page: int, version: Any, down: bool) -> None:
        given = self.at(n, page, version, lambda page: page.draft != page.live)
        self.tell(n, "publishPage", actor, {**given, "withDescendants": down})

    def unpublish(self, n: int, actor: str, page: int, version: Any, down: bool) -> None:
        given = self.at(n, page, version, lambda page: page.status != "DRAFT")
        self.tell(n, "unpublishPage", actor, {**given, "withDescendants": down})

    def archive(self, n: int, actor: str, page: int, version: Any, down: bool) -> None:
        self.tell(n, "archivePage", actor, {**self.at(n, page, version), "withDescendants": down})

    def discard(self, n: int, actor: str, page: int, version: Any) -> None:
        given = self.at(n, page, version, lambda page: page.live is not None and page.draft != page.live)
        self.tell(n, "discardPageDraft", actor, given)

    def restore(self, n: int, actor: str, page: int, version: Any, back: int, slugs: bool) -> None:
        given = self.at(n, page, version, lambda page: len(page.revisions) > 1 and not page.archived)
        found = self.sites[n].pages.get(given["id"])
        number = len(found.revisions) - back if found else 1
        self.tell(n, "restorePageRevision", actor, {**given, "revision": number, "restoreSlugs": slugs})

    def duplicate(self, n: int, actor: str, page: int, down: bool, parent: int | None, here: bool) -> None:
        given: Any = {"id": self.page(n, page), "withDescendants": down}
        found = self.sites[n].pages.get(given["id"])
        if found and len([*self.sites[n].below(found.id)]) > 8:
            given["withDescendants"] = False  # or a story could double its pages at every step
        self.tell(n, "duplicatePage", actor, given | ({} if here else {"parentId": self.page(n, parent)}))

    def move(self, n: int, actor: str, page: int, version: Any, parent: Any, beside: Any, keep: bool) -> None:
        given: Any = {**self.at(n, page, version, lambda page: not page.archived), "keepRedirects": keep}
        if beside is None or parent is not None:
            given["parentId"] = self.page(n, parent, lambda page: page.live is not None)
        if beside is not None:
            above = (
                given["parentId"] if "parentId" in given else getattr(self.sites[n].pages.get(given["id"]), "parent", 0)
            )
            side = self.page(n, beside, lambda page: page.parent == above)
            given["beforeId" if beside % 2 else "afterId"] = side
        self.tell(n, "movePage", actor, given)

    def delete(self, n: int, actor: str, page: int, version: Any, down: bool, heir: int | None) -> None:
        given = self.at(n, page, version, lambda page: page.live is None)
        to = self.page(n, heir, lambda page: page.live is not None)
        self.tell(n, "deletePage", actor, {**given, "withDescendants": down, "redirectToId": to})

    def set_home(self, n: int, actor: str, page: int, version: Any) -> None:
        given = self.at(n, page, version, lambda page: page.live is not None and not page.channels)
        self.tell(n, "setHomePage", actor, given)

    def change_slug(self, n: int, actor: str, page: int, version: Any, tag: int, slug: str, keep: bool) -> None:
        locale = self.tag(n, tag)
        given = self.at(n, page, version, lambda page: not page.archived and locale in page.draft["texts"])
        given |= {"locale": locale, "slug": slug, "keepRedirect": keep}
        self.tell(n, "changePageSlug", actor, given)

    def redirect(
        self, n: int, actor: str, page: int, version: Any, at: int, tag: int | None, prefix: bool, outside: bool
    ) -> None:
        known = self.paths(n)
        goal = {"url": "https://else.example/x"} if outside else {"pageId": self.page(n, page)}
        given = {"fromPath": known[at % len(known)], "isPrefix": prefix, "statusCode": 301 if version is None else 302}
        locale = None if tag is None else self.tag(n, tag)
        self.tell(n, "createPathRedirect", actor, {**given, "locale": locale, **goal})

    def unredirect(self, n: int, actor: str, which: int) -> None:
        known = [*self.sites[n].redirects, GHOSTS[which % 2]]
        self.tell(n, "deletePathRedirect", actor, {"id": known[which % len(known)]})

    def fill(self, n: int, actor: str, page: int, version: Any, names: list[str]) -> None:
        given = self.at(n, page, version, lambda page: not page.archived)
        blocks = [{"type": "hero", "data": {"title": name}} for name in names]
        self.tell(n, "replacePageBlocks", actor, {"pageId": given.pop("id"), **given, "blocks": blocks})

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

    def onlookers(self, n: int) -> Iterator[Onlooker]:
        """Everybody, each in another locale as the story goes on."""
        site = self.sites[n]
        tags = [*(language.tag for language in site.languages), "de-CH"]
        everybody = [("anonymous", channel, False) for channel in site.channels]
        everybody += [("admin", None, True), ("manager", site.channels[0], True), ("author", None, True)]
        everybody += [("writer", site.channels[1], True), ("customer", None, False), ("author", None, False)]
        for at, (actor, channel, drafts) in enumerate(everybody):
            yield Onlooker(actor, tags[(self.step + at) % len(tags)], channel, drafts)

    def paths(self, n: int) -> list[str]:
        """Paths that live, lived, never lived, and lie under others."""
        site = self.sites[n]
        found = ["/", "/never", "/a", "/b/a"] + [path for _, path in site.owners]
        found += [f"{one.path.rstrip('/')}/{slug}" for one in site.redirects.values() for slug in ("a", "b", "x/y")]
        found += [one.path for one in site.redirects.values()]
        for page in site.pages.values():
            found += [site.draft_path(page, language.tag, service.EDITOR) for language in site.languages]
        return sorted({path for path in found if len(path.encode()) <= 2_000})

    def tell(self, n: int, mutation: str, actor: str, given: dict[str, Any]) -> None:
        """Do it in both, and compare."""
        self.step += 1
        self.runner.run(self.compare(n, mutation, actor, given))

    async def compare(self, n: int, mutation: str, actor: str, given: dict[str, Any]) -> None:
        world, site = self.worlds[n], self.sites[n]
        done, problems = await service.do(world, mutation, actor, given)
        found = await service.pages(world, service.EDITOR)
        new = (
            _new(site, found, done["id"]) if done and mutation != "createPathRedirect" else [done["id"]] if done else []
        )
        self.sites[n], codes = tried(site, mutation, actor, given, new)
        self.gone += site.pages.keys() - self.sites[n].pages.keys()
        assert bool(problems) == bool(codes), (problems, codes)
        assert problems <= codes or codes <= problems, (problems, codes)
        site = self.sites[n]
        everybody = [*self.onlookers(n)]
        if done and mutation != "createPathRedirect":
            page = site.pages[done["id"]]
            changed = site.reads_draft(actor, page) and page.draft != page.live
            expected = (page.version, page.status, changed)
            assert (done["version"], done["status"], done["hasUnpublishedChanges"]) == expected
        _agree(site, found, Onlooker("admin", world.tenant.default_locale, drafts=True))
        paths = self.paths(n)
        few = paths[self.step % 3 :: 1 + len(paths) // 20]
        await _compare(world, site, everybody[self.step % len(everybody)], few)


async def _world(database: Database, site: Site) -> World:
    async with new_world(database, **service.facts(site)) as world:
        return world


def _new(site: Site, found: list[Any], root: str) -> list[str]:
    """The pages that are new, from this one down, as the tree is read."""
    if root in site.pages:
        return []
    children = [str(page.row.id) for page in found if str(page.row.parent_id) == root]
    return [root, *(id for child in children for id in _new(site, found, child))]


def _agree(site: Site, found: list[Any], who: Onlooker) -> None:
    """The pages that somebody sees are those of the model, in its order, and say the same."""
    shown = {str(page.row.id): service.told(page) for page in found}
    told = {page.id: _told(site, page, who) for page in site.pages.values() if site.sees(page.id, who)}
    _same(shown, told, who)
    for parent, ids in site.order.items():
        there = [str(page.row.id) for page in found if (page.row.parent_id and str(page.row.parent_id)) == parent]
        assert there == [id for id in ids if site.sees(id, who)]


def _told(site: Site, page: Page, who: Onlooker) -> dict[str, Any]:
    content = site.said(page, who)
    assert content
    reads = site.reads_draft(who.actor, page)
    return {
        "parent": page.parent,
        "version": page.version,
        "number": len(page.revisions) if reads and who.drafts else page.live_number,
        "status": page.status,
        "changed": reads and page.draft != page.live,
        "draft": reads and who.drafts,
        "home": page.id == site.home,
        "channels": page.channels,
        "locale": site.pick(who.locale, content["texts"]),
        "texts": content["texts"],
        "paths": site.paths(page.id, who),
        "blocks": [name for *_, name in content["blocks"]],
        "metadata": content["metadata"],
    }


async def _compare(world: World, site: Site, who: Onlooker, paths: list[str]) -> None:
    """Somebody sees the same pages, and is told the same of every path."""
    _agree(site, await service.pages(world, who), who)
    answers = await service.routes(world, who, paths)
    _same(answers, {path: answer(site, path, who) for path in paths}, who)


async def _compare_lists(world: World, site: Site, who: Onlooker) -> None:
    """The graph lists the same pages to somebody, and the same former paths."""
    listed = await service.listed(world, who)
    for node in listed.values():
        node["formerPaths"] = {(former["locale"], former["path"]) for former in node["formerPaths"]}
    _same(listed, {id: _listed(site, page, who) for id, page in site.pages.items() if site.sees(id, who)}, who)


def _listed(site: Site, page: Page, who: Onlooker) -> dict[str, Any]:
    told = _told(site, page, who)
    return {
        "title": told["texts"][told["locale"]]["title"],
        "path": told["paths"][told["locale"]],
        "version": page.version,
        "hasUnpublishedChanges": told["changed"],
        "formerPaths": {at for at, id in site.owners.items() if id == page.id} - {*page.last.items()},
    }


def _same(service: dict[str, Any], model: dict[str, Any], who: Onlooker) -> None:
    """The service and the model say the same; where not, both are shown, the service first."""
    both = {key: (service.get(key), model.get(key)) for key in {**service, **model}}
    apart = {key: pair for key, pair in both.items() if pair[0] != pair[1]}
    assert not apart, (who, apart)
