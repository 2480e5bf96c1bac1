"""Items of menus, as tests write and read them."""

from typing import Any

from tests.world import World

_ALL = """query ($id: ID!) { menu(id: $id, stage: DRAFT) { allItems {
  id parentId position label description icon cssClass rel openInNewTab url
  translations { locale label description }
} } }"""


def item(label: str | None = "Item", *children: Any, locale: str = "en", **more: Any) -> dict[str, Any]:
    """An item that says this in a locale, with those below it."""
    return {"translations": [{"locale": locale, "label": label}], "children": list(children), **more}


async def items(world: World, menu: str) -> list[dict[str, Any]]:
    """All items of a menu's draft, in reading order."""
    return (await world.ask(_ALL, id=menu))["menu"]["allItems"]


async def tree(world: World, menu: str) -> list[str]:
    """The labels of a menu's draft in reading order, a dot before each for every item above."""
    depths: dict[str | None, int] = {None: -1}
    for found in await items(world, menu):
        depths[found["id"]] = depths[found["parentId"]] + 1
    return ["." * depths[found["id"]] + found["label"] for found in await items(world, menu)]


async def ids(world: World, menu: str) -> dict[str, str]:
    """The ids of a menu's draft, by label."""
    return {found["label"]: found["id"] for found in await items(world, menu)}
