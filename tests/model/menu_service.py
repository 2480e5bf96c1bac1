"""The service's menus, asked the way the model answers."""

from typing import Any

from tests.model import service
from tests.model.site import Onlooker
from tests.world import World

_ITEM = """fragment I on MenuItem {
  id label description url openInNewTab depth position parentId isVisible hiddenReason
  translations { locale label description }
  link {
    __typename
    ... on MenuPageLink { page { id } fragment query }
    ... on MenuUrlLink { url }
    ... on MenuEntityLink { entity { __typename ... on Product { id } ... on Category { id } ... on Post { id } } }
  }
}"""
_MENU = f"""fragment M on Menu {{
  id handle name locale isFallback status version hasUnpublishedChanges hiddenTargetPolicy itemCount depth
  revision {{ number }} translations {{ locale name }} bindings {{ channel location }}
  flatItems {{ ...I }} allItems {{ ...I }}
}} {_ITEM}"""
_MENUS = f"""query ($locale: String, $channel: String, $stage: ContentStage) {{
  menus(locale: $locale, channel: $channel, stage: $stage, first: 100) {{ nodes {{ ...M }} }}
  HEADER: activeMenu(location: HEADER, locale: $locale, channel: $channel, stage: $stage) {{ id }}
  FOOTER: activeMenu(location: FOOTER, locale: $locale, channel: $channel, stage: $stage) {{ id }}
}} {_MENU}"""


async def do(world: World, mutation: str, actor: str, given: dict[str, Any]) -> tuple[Any, set[str]]:
    """The menu that a mutation left, and the codes of the problems."""
    kind = mutation[0].upper() + mutation[1:]
    selected, fragments = ("deletedId", "") if mutation == "deleteMenu" else ("done: menu { ...M }", _MENU)
    query = f"""mutation ($input: {kind}Input!) {{ payload: {mutation}(input: $input) {{
        {selected} problems {{ code path }} }} }} {fragments}"""
    payload = (await service.asked(world, Onlooker(actor, ""), query, input=given))["payload"]
    return payload.get("done"), {problem["code"] for problem in payload["problems"]}


async def menus(world: World, who: Onlooker) -> tuple[dict[str, Any], dict[str, str | None]]:
    """The menus that somebody is shown, in their order, and those that hold a place."""
    view = service.view(world, who)
    variables = {"locale": view.locale, "channel": view.channel, "stage": view.stage.value}
    data = await service.asked(world, who, _MENUS, **variables)
    found = {node["id"]: told(node) for node in data.pop("menus")["nodes"]}
    return found, {location: menu and menu["id"] for location, menu in data.items()}


def told(node: dict[str, Any]) -> dict[str, Any]:
    """What somebody learns of a menu."""
    every = node["allItems"]
    return {
        **{name: node[name] for name in ("handle", "name", "locale", "isFallback", "status", "version")},
        **{name: node[name] for name in ("hasUnpublishedChanges", "itemCount", "depth")},
        "names": {text["locale"]: text["name"] for text in node["translations"]},
        "number": node["revision"]["number"],
        "policy": node["hiddenTargetPolicy"],
        "bound": {(place["channel"] or "", place["location"]) for place in node["bindings"]},
        "flatItems": [_item(item) for item in node["flatItems"]],
        "allItems": None if every is None else [_item(item) for item in every],
    }


def _item(item: dict[str, Any]) -> dict[str, Any]:
    texts = {text.pop("locale"): _given(text) for text in item["translations"]}
    told = {name: part for name, part in item.items() if name != "translations"}
    return {**told, "texts": texts, "link": _link(item["link"])}


def _link(link: dict[str, Any] | None) -> dict[str, Any] | None:
    """A link with the names of its input."""
    if not link:
        return None
    if link["__typename"] == "MenuPageLink":
        page = link["page"] and link["page"]["id"]
        return {"pageId": page, **_given({"fragment": link["fragment"], "query": link["query"]})}
    if link["__typename"] == "MenuUrlLink":
        return {"url": link["url"]}
    return {"entity": {"type": link["entity"]["__typename"].upper(), "id": link["entity"]["id"]}}


def _given(parts: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part is not None}
