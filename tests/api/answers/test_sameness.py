"""Whatever is written: what is kept is what would be answered anew."""

import random
from typing import Any

import pytest

from tests.api.answers.kept import Kept, keeping
from tests.api.answers.questions import questions
from tests.depth import THOUSANDFOLD, times
from tests.menus.items import item
from tests.test_every_mutation_tells import CASES, Case, done
from tests.world import ADMIN, World

pytestmark = THOUSANDFOLD

SLUGS = ("a", "b", "c")
STEPS = times(25, 400)


async def site(world: World) -> tuple[list[str], list[str]]:
    """A few pages and menus that link to one another, most of them live."""
    home = await world.page("A", translations=[{"locale": one, "title": "A"} for one in ("en", "de")])
    below = await world.page("B", parentId=home)
    hero = {"type": "hero", "data": {"title": "Hi", "cta": {"label": "Go", "pageId": below}}}
    other = await world.page("C", blocks=[hero], channels=["web"])
    hidden = await world.page("C", parentId=home, publish=False)
    links = [{"pageId": id} for id in (home, below, other, hidden)]
    items = [item("One", link=links[1]), item("Two", item("Three", link=links[2]), link=links[3])]
    main = await world.menu("main", items, bindings=[{"location": "HEADER"}])
    foot = await world.menu("foot", [item(None, link=links[0])], bindings=[{"location": "FOOTER", "channel": "app"}])
    return [home, below, other, hidden], [main, foot]


async def assert_same(kept: Kept, pages: list[str], menus: list[str]) -> None:
    stale = [
        (query, variables, headers)
        for query, variables, headers in questions(pages, menus, SLUGS)
        if not await kept.is_as_fresh(query, headers, **variables)
    ]
    assert stale == []


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{n}-{case.mutation}") for n, case in enumerate(CASES)])
async def test_after_each_mutation_answers_are_as_if_none_was_kept(world: World, case: Case) -> None:
    async with keeping(world) as kept:
        given = await case.prepare(world)
        found = await world.ask("{ pages(stage: DRAFT) { nodes { id } } menus(stage: DRAFT) { nodes { id } } }")
        pages, menus = ([one["id"] for one in found[name]["nodes"]] for name in ("pages", "menus"))
        asked = [*questions(pages, menus, ("page", "new", "old"))]
        for query, variables, headers in asked:
            await kept.ask(query, headers, **variables)
        assert await done(world, case.mutation, given) == []
        stale = [one for one in asked if not await kept.is_as_fresh(one[0], one[2], **one[1])]
        assert stale == []


@pytest.mark.parametrize("seed", [1, 2])
async def test_after_any_mutations_answers_are_as_if_none_was_kept(world: World, seed: int) -> None:
    async with keeping(world) as kept:
        pages, menus = await site(world)
        choose = random.Random(seed)
        await assert_same(kept, pages, menus)
        for _ in range(STEPS):
            mutation, input = drawn(choose, pages, menus)
            kind = mutation[0].upper() + mutation[1:]
            shown = {"createPage": "page { id }", "createMenu": "menu { id }"}.get(mutation, "problems { code }")
            document = f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{ {shown} }} }}"
            made = (await world.ask(document, ADMIN, input=input))[mutation]
            pages += [made["page"]["id"]] if made.get("page") else []
            menus += [made["menu"]["id"]] if made.get("menu") else []
            await assert_same(kept, pages[-6:], menus[-3:])
        assert kept.cache.hits > kept.cache.misses


def drawn(choose: random.Random, pages: list[str], menus: list[str]) -> tuple[str, dict[str, Any]]:
    """A mutation that may do something, or be refused."""
    page, other, menu = choose.choice(pages), choose.choice(pages), choose.choice(menus)
    slug, locale, yes = choose.choice(SLUGS), choose.choice(["en", "de"]), choose.random() < 0.5
    texts = [{"locale": locale, "title": choose.choice("ABC"), "slug": slug}]
    named = [{"locale": locale, "name": choose.choice("ABC")}]
    place = {"location": choose.choice(["HEADER", "FOOTER"]), "channel": choose.choice([None, "app"])}
    target = {"pageId": page} if yes else {"url": "https://a.example"}
    acts: list[tuple[str, dict[str, Any]]] = [
        ("createPage", {"translations": texts, "parentId": choose.choice([None, other]), "publish": yes}),
        ("createPage", {"translations": texts, "beforeId": page, "publish": yes}),
        ("updatePage", {"id": page, "translations": texts}),
        ("updatePage", {"id": page, "channels": choose.choice([[], ["web"], ["app"]])}),
        ("updatePage", {"id": page, "removeLocales": [locale]}),
        ("updatePage", {"id": page, "template": choose.choice(["default", "wide"])}),
        ("publishPage", {"id": page, "withDescendants": yes}),
        ("publishPage", {"id": page, "withDescendants": True}),
        ("unpublishPage", {"id": page, "withDescendants": yes}),
        ("archivePage", {"id": page, "withDescendants": yes}),
        ("deletePage", {"id": page, "withDescendants": yes, "redirectToId": choose.choice([None, other])}),
        ("movePage", {"id": page, "parentId": choose.choice([None, other]), "keepRedirects": yes}),
        ("movePage", {"id": page, "beforeId": other}),
        ("changePageSlug", {"id": page, "locale": locale, "slug": slug, "keepRedirect": yes}),
        ("setHomePage", {"id": page}),
        ("createMenu", {"handle": choose.choice(["main", "foot", "none"]), "translations": named, "publish": yes}),
        ("updateMenu", {"id": menu, "translations": named}),
        ("updateMenu", {"id": menu, "handle": choose.choice(["main", "foot", "none"])}),
        ("addMenuItem", {"menuId": menu, "item": item(None, link={"pageId": page})}),
        ("publishMenu", {"id": menu}),
        ("unpublishMenu", {"id": menu}),
        ("deleteMenu", {"id": menu}),
        ("bindMenu", {"id": menu, "replace": True, **place}),
        ("unbindMenu", {"id": menu, **place}),
        ("createPathRedirect", {"fromPath": f"/{slug}/{choose.choice(SLUGS)}", "isPrefix": yes, **target}),
        ("createPathRedirect", {"fromPath": f"/{slug}", "locale": choose.choice([None, locale]), **target}),
    ]
    return choose.choice(acts)
