"""A story: mutations drawn at random, told to the service and to the model, which must agree after each."""

from asyncio import Runner
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from pages_graphql.storage.database import Database
from tests.model import menu_acts, menu_service, service
from tests.model.compared import agree, compare, compare_lists, compare_menus, made, same_menu
from tests.model.drawn import POLICIES, acts
from tests.model.menu_steps import MenuSteps
from tests.model.menus import walk
from tests.model.mutations import tried
from tests.model.site import Language, Onlooker, Site
from tests.model.steps import GHOSTS
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


class Story(MenuSteps, RuleBasedStateMachine):
    """What happens to two tenants."""

    database: Database
    runner: Runner
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.sites = [site.copy() for site in SITES]
        self.gone = []
        self.gone_items = []
        self.worlds = [self.runner.run(_world(self.database, site)) for site in SITES]
        self.step = 0

    def teardown(self) -> None:
        for n, (world, site) in enumerate(zip(self.worlds, self.sites, strict=True)):
            for who in self.onlookers(n):
                self.runner.run(compare(world, site, who, self.paths(n)))
                self.runner.run(compare_lists(world, site, who))
            for who in self.menu_readers(n):
                self.runner.run(compare_menus(world, site, who))
            assert self.runner.run(service.drift(world)) == {}

    @initialize(
        speaking=st.lists(st.lists(st.integers(0, 2), min_size=1, unique=True), min_size=8, max_size=8),
        follow=st.permutations(POLICIES),
    )
    def begin(self, speaking: list[list[int]], follow: list[str]) -> None:
        """Two pages at the root, two under each, most of them live, in some locales each; a menu links to all."""
        for n, spoken in enumerate((speaking, speaking[::-1])):
            for at, locales in enumerate(spoken[:6]):
                texts = self.texts(n, [{"locale": one, "title": "AB"[(at + one) % 2]} for one in locales])
                above = [*self.sites[n].pages][at // 2 - 1] if at > 1 else None
                given = {"translations": texts, "parentId": above, "publish": at < 5}
                given |= {"channels": self.channels(n, [1])} if at == 4 else {}
                self.tell(n, "createPage", "author" if at == 5 else "admin", given)
            self.tell(n, "createMenu", "admin", self.first_menu(n, follow[n], spoken[6]))

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

    def unpublish(self, n: int, actor: str, page: int, version: Any, down: bool, spare: bool) -> None:
        given = self.at(n, page, version, lambda page: page.status != "DRAFT")
        self.tell(n, "unpublishPage", actor, {**given, "withDescendants": down, "refuseIfReferenced": spare})

    def archive(self, n: int, actor: str, page: int, version: Any, down: bool, spare: bool) -> None:
        given = self.at(n, page, version)
        self.tell(n, "archivePage", actor, {**given, "withDescendants": down, "refuseIfReferenced": spare})

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

    def delete(self, n: int, actor: str, page: int, version: Any, down: bool, heir: int | None, spare: bool) -> None:
        given = self.at(n, page, version, lambda page: page.live is None)
        given |= {"withDescendants": down, "refuseIfReferenced": spare}
        to = self.page(n, heir, lambda page: page.live is not None)
        self.tell(n, "deletePage", actor, {**given, "redirectToId": to})

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

    def menu_readers(self, n: int) -> Iterator[Onlooker]:
        """Everybody who may ask for menus as he does, each in another locale as the story goes on."""
        site = self.sites[n]
        tags = [*(language.tag for language in site.languages), "de-CH"]
        everybody = [("anonymous", channel, False) for channel in (None, *site.channels)]
        everybody += [("admin", None, True), ("manager", site.channels[0], True), ("author", None, False)]
        everybody += [("admin", site.channels[1], False), ("manager", site.channels[1], True), ("manager", None, False)]
        for at, (actor, channel, drafts) in enumerate(everybody):
            yield Onlooker(actor, tags[(self.step + at) % len(tags)], channel, drafts)

    def tell(self, n: int, mutation: str, actor: str, given: dict[str, Any]) -> None:
        """Do it in both, and compare."""
        self.step += 1
        self.runner.run(self.compare(n, mutation, actor, given))

    async def compare(self, n: int, mutation: str, actor: str, given: dict[str, Any]) -> None:
        if mutation in menu_acts.ACTS:
            await self.compare_menus(n, mutation, actor, given)
        else:
            await self.compare_pages(n, mutation, actor, given)
        readers = [*self.menu_readers(n)]
        await compare_menus(self.worlds[n], self.sites[n], readers[self.step % len(readers)])

    async def compare_pages(self, n: int, mutation: str, actor: str, given: dict[str, Any]) -> None:
        world, before = self.worlds[n], self.sites[n]
        done, problems = await service.do(world, mutation, actor, given)
        found = await service.pages(world, service.EDITOR)
        redirects = mutation == "createPathRedirect"
        self.act(n, mutation, actor, given, [done["id"]] if redirects and done else made(before, found, done), problems)
        site, everybody = self.sites[n], [*self.onlookers(n)]
        if done and not redirects:
            page = site.pages[done["id"]]
            changed = site.reads_draft(actor, page) and page.draft != page.live
            expected = (page.version, page.status, changed)
            assert (done["version"], done["status"], done["hasUnpublishedChanges"]) == expected
        agree(site, found, Onlooker("admin", world.tenant.default_locale, drafts=True))
        paths = self.paths(n)
        few = paths[self.step % 3 :: 1 + len(paths) // 20]
        await compare(world, site, everybody[self.step % len(everybody)], few)

    async def compare_menus(self, n: int, mutation: str, actor: str, given: dict[str, Any]) -> None:
        done, problems = await menu_service.do(self.worlds[n], mutation, actor, given)
        menu = self.sites[n].menus.get(done["id"]) if done else None
        known = [item["id"] for _, item in walk(menu.draft["items"])] if menu else []
        new = [item["id"] for item in done["allItems"] if item["id"] not in known] if done else []
        self.act(n, mutation, actor, given, [done["id"], *new] if done and not menu else new, problems)
        if done:
            same_menu(self.sites[n], done, Onlooker(actor, self.worded(n, given), drafts=True))
            there = [item["id"] for item in done["allItems"]]
            self.gone_items += [id for id in known if id not in there]

    def act(self, n: int, mutation: str, actor: str, given: dict[str, Any], new: list[str], problems: set[str]) -> None:
        """Do it in the model, which has what stands in the way in common with the service."""
        before = self.sites[n]
        self.sites[n], codes = tried(before, mutation, actor, given, new)
        after = self.sites[n]
        self.gone += [*(before.pages.keys() - after.pages.keys()), *(before.menus.keys() - after.menus.keys())]
        assert bool(problems) == bool(codes), (problems, codes)
        assert problems <= codes or codes <= problems, (problems, codes)


async def _world(database: Database, site: Site) -> World:
    async with new_world(database, **service.facts(site)) as world:
        return world
