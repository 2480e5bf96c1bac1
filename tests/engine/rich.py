"""A tenant with something of everything, and the values that questions about it can use."""

from typing import Any
from uuid import uuid4

from tests.pages.block_examples import EXAMPLES
from tests.world import AUTHOR, World

TEXTS = [
    {
        "locale": "en",
        "title": "About us",
        "body": {"content": "# Hello\n\nof the *page*, at some length"},
        "seo": {"title": "About", "image": {"src": "/a.png", "width": 4}, "openGraph": {"type": "article"}},
    },
    {"locale": "de", "title": "Über uns", "body": {"format": "HTML", "content": "<p onclick='x'>Hallo</p>"}},
    {"locale": "ru", "title": "О нас"},
]
SHOWN_IN_APP = {"channels": ["app"]}


async def furnish(world: World) -> dict[str, list[Any]]:
    """Make pages, menus and redirects; the values of arguments, by name."""
    home = await world.page("Home")
    await world.do("setHomePage", id=home)
    blocks = [{"type": one.type, "data": one.data} for one in EXAMPLES]
    top = await world.page(translations=TEXTS, blocks=blocks, metadata={"deep": {"list": [1, None, "x"]}})
    linked = [
        {
            "type": "cta",
            "data": {"title": "Go", "cta": {"label": "There", "pageId": top}},
            "overrides": [{"locale": "de", "data": {"title": "Los"}}],
        }
    ]
    children = [await world.page(f"Child {n}", parentId=top, blocks=linked[: n % 2]) for n in range(3)]
    leaf = await world.page("Leaf", parentId=children[0], actor=AUTHOR, publish=False)
    app = await world.page("In the app", channels=["app"])
    draft = await world.page("Draft", publish=False)
    await world.do("updatePage", id=children[1], translations=[{"locale": "en", "title": "Changed, not shown"}])
    await world.do("changePageSlug", id=children[2], locale="en", slug="renamed")
    gone = await world.page("Gone")
    await world.do("unpublishPage", id=gone)
    await world.ask(
        """mutation ($id: ID!) {
          a: createPathRedirect(input: {fromPath: "/old", pageId: $id}) { problems { message } }
          b: createPathRedirect(input: {fromPath: "/far", isPrefix: true, url: "https://x.example"}) { problems { message } }
        }""",
        id=top,
    )
    ids = [home, top, *children, leaf, app, draft, gone]
    menus = await _menus(world, ids)
    return {
        "id": [*ids[:-1], *menus],
        "pageId": [top, leaf],
        "ids": [[top, leaf], []],
        "parentId": [top, children[0], None],
        "ancestorId": [top, home],
        "exceptPageId": [top, None],
        "path": ["/", "/about-us", "/about-us/child-0", "/about-us/child-2", "/old", "/far/away", "/gone", "/nowhere"],
        "pathPrefix": ["/", "/old"],
        "slug": ["about-us", "home", "in-the-app", "Über uns"],
        "text": ["About us", "Something else", ""],
        "handle": ["main", "main", "foot", "none"],
        "location": ["HEADER", "FOOTER"],
        "locale": ["en", "de", "ru"],
        "channel": ["web", "app"],
        "stage": ["LIVE"],
        "first": [1, 2, 3, 4],
        "types": [["hero"], ["cta", "text"], None],
        "templates": [["default"]],
        "length": [0, 9, None],
    }


WRONG: dict[str, list[Any]] = {
    "id": [str(uuid4()), "no id"],
    "parentId": [str(uuid4()), "no id"],
    "path": ["a?b", "/" + "x" * 3_000],
    "slug": ["", "x" * 300],
    "locale": ["pt-BR", "no locale"],
    "channel": ["nowhere"],
    "stage": ["DRAFT"],
    "first": [0, 101, -1],
    "last": [2],
    "after": ["nonsense"],
    "before": ["nonsense"],
}
"""Values that find nothing, or that are refused."""


async def _menus(world: World, pages: list[str]) -> list[str]:
    links: list[Any] = [{"link": {"pageId": page, "fragment": "top"}} for page in pages]
    links[1]["children"] = [{"link": {"url": "/x"}, "translations": [{"locale": "de", "label": "Da"}]}]
    links[5]["children"] = [{"link": {"url": "https://x.example"}, "openInNewTab": True}]
    links.append(
        {"link": {"entity": {"type": "PRODUCT", "id": "p1"}}, "translations": [{"locale": "en", "label": "It"}]}
    )
    links.append({"translations": [{"locale": "en", "label": "A heading", "description": "Words"}], "icon": "star"})
    made = [
        await world.menu("main", links, bindings=[{"location": "HEADER"}, {"location": "FOOTER", "channel": "app"}]),
        await world.menu("foot", links[4:7], hiddenTargetPolicy="TEXT", bindings=[{"location": "FOOTER"}]),
        await world.menu("side", links[4:7], hiddenTargetPolicy="PROMOTE_CHILDREN", publish=False),
    ]
    await world.do("updateMenu", id=made[0], translations=[{"locale": "de", "name": "Haupt"}])
    return made
