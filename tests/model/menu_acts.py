"""What every mutation does to a tenant's menus, and why it may not: the rules, one act each."""

from copy import deepcopy
from typing import Any

from tests.model.attempt import Act, Refused, check
from tests.model.menu_attempt import Draft, bad_handle, menu_target
from tests.model.site import Content, Menu, Place

EMPTY: Content = {"names": {}, "policy": "HIDE", "items": []}


def create(act: Act, given: dict[str, Any]) -> None:
    act.require("menus:create")
    if given.get("publish"):
        act.require("menus:publish")
    draft = Draft(act, deepcopy(EMPTY))
    draft.name(given["translations"])
    draft.content["policy"] = given.get("hiddenTargetPolicy", "HIDE")
    menu = Menu(id=next(act.new, "new"), handle=given["handle"], draft=EMPTY)
    draft.content["items"] = draft.made(given.get("items") or [], set())
    problems = draft.problems | bad_handle(act.site, given["handle"])
    places = [(place.get("channel") or "", place["location"]) for place in given.get("bindings") or ()]
    for n, place in enumerate(places):
        problems |= _nowhere(act, place) or ({"BINDING_TAKEN"} if place in act.site.bound else set())
        problems |= {"VALIDATION_ERROR"} if place in places[:n] else set()
    check(problems | draft.too_large())
    menu.save(draft.content)
    act.site.menus[menu.id] = menu
    act.site.bound |= dict.fromkeys(places, menu.id)
    if given.get("publish"):
        menu.go_live()


def update(act: Act, given: dict[str, Any]) -> None:
    menu = menu_target(act, given, "menus:update")
    draft = Draft(act, deepcopy(menu.draft))
    names: dict[str, str] = draft.content["names"]
    for locale in given.get("removeLocales") or ():
        if names.pop(locale, None) is None:
            draft.problems.add("VALIDATION_ERROR")
    draft.name(given.get("translations") or [])
    if "hiddenTargetPolicy" in given:
        draft.content["policy"] = given["hiddenTargetPolicy"] or "HIDE"
    handle = given.get("handle", menu.handle)
    if handle != menu.handle:
        draft.problems |= bad_handle(act.site, handle)
    check(draft.problems)
    if handle != menu.handle and menu.live:
        act.require("menus:publish")
    if (draft.content, handle) != (menu.draft, menu.handle):
        menu.handle, menu.version = handle, menu.version + 1
        if draft.content != menu.draft:
            menu.save(draft.content)


def publish(act: Act, given: dict[str, Any]) -> None:
    menu = menu_target(act, given, "menus:publish")
    if menu.draft != menu.live:
        menu.go_live()


def unpublish(act: Act, given: dict[str, Any]) -> None:
    menu = menu_target(act, given, "menus:publish")
    if menu.live:
        menu.live, menu.version = None, menu.version + 1


def delete(act: Act, given: dict[str, Any]) -> None:
    menu = menu_target(act, given, "menus:delete")
    if menu.live:
        raise Refused("CANNOT_DELETE_PUBLISHED")
    del act.site.menus[menu.id]
    act.site.bound = {place: id for place, id in act.site.bound.items() if id != menu.id}


def discard(act: Act, given: dict[str, Any]) -> None:
    menu = menu_target(act, given, "menus:update")
    if menu.live is None:
        raise Refused("NOTHING_LIVE")
    _revise(menu, menu.live)


def restore(act: Act, given: dict[str, Any]) -> None:
    menu = menu_target(act, given, "menus:update")
    if not 1 <= given["revision"] <= len(menu.revisions):
        raise Refused("REVISION_NOT_FOUND")
    _revise(menu, menu.revisions[given["revision"] - 1])


def _revise(menu: Menu, content: Content) -> None:
    if content != menu.draft:
        menu.save(content)
        menu.version += 1


def add(act: Act, given: dict[str, Any]) -> None:
    menu, draft = _items(act, given)
    siblings = draft.children(given.get("parentId"))
    at = draft.beside(siblings, given)
    siblings[at:at] = draft.made([given["item"]], draft.ids())
    _keep(menu, draft)


def change(act: Act, given: dict[str, Any]) -> None:
    menu, draft = _items(act, given)
    item = draft.item(given["itemId"])
    check(draft.problems)
    for locale in given.get("removeLocales") or ():
        if item["texts"].pop(locale, None) is None:
            draft.problems.add("VALIDATION_ERROR")
    item["texts"] = draft.texts(item["texts"], given.get("translations") or [])
    if "link" in given:
        item["link"] = draft.link(given["link"] or {})
    if "openInNewTab" in given:
        item["tab"] = bool(given["openInNewTab"])
    draft.check_says_something(item)
    _keep(menu, draft)


def move(act: Act, given: dict[str, Any]) -> None:
    """Several items, one after the other; where one cannot, none moves."""
    menu, draft = _items(act, given)
    moved: list[str] = []
    for place in given["moves"]:
        item = draft.item(place["itemId"])
        if item["id"] in moved:
            draft.problems.add("VALIDATION_ERROR")
        check(draft.problems)
        moved.append(item["id"])
        draft.move(item, place)
    _keep(menu, draft)


def drop(act: Act, given: dict[str, Any]) -> None:
    menu, draft = _items(act, given)
    item = draft.item(given["itemId"])
    check(draft.problems)
    draft.around(item).remove(item)
    _keep(menu, draft)


def replace(act: Act, given: dict[str, Any]) -> None:
    menu, draft = _items(act, given)
    draft.content["items"] = draft.made(given["items"], set())
    _keep(menu, draft)


def _items(act: Act, given: dict[str, Any]) -> tuple[Menu, Draft]:
    menu = menu_target(act, {**given, "id": given["menuId"]}, "menus:update")
    return menu, Draft(act, deepcopy(menu.draft))


def _keep(menu: Menu, draft: Draft) -> None:
    check(draft.problems)
    check(draft.too_large())
    _revise(menu, draft.content)


def bind(act: Act, given: dict[str, Any]) -> None:
    menu = menu_target(act, given, "menus:update")
    place = (given.get("channel") or "", given["location"])
    check(_nowhere(act, place))
    held = act.site.bound.get(place)
    if held == menu.id:
        return
    if held and not given.get("replace"):
        raise Refused("BINDING_TAKEN")
    if menu.live or (held and act.site.menus[held].live):
        act.require("menus:publish")
    act.site.bound[place] = menu.id
    menu.version += 1


def unbind(act: Act, given: dict[str, Any]) -> None:
    menu = menu_target(act, given, "menus:update")
    place = (given.get("channel") or "", given["location"])
    check(_nowhere(act, place))
    if act.site.bound.get(place) == menu.id:
        if menu.live:
            act.require("menus:publish")
        del act.site.bound[place]
        menu.version += 1


def _nowhere(act: Act, place: Place) -> set[str]:
    return {"CHANNEL_NOT_FOUND"} if place[0] and place[0] not in act.site.channels else set()


ACTS = {
    "createMenu": create,
    "updateMenu": update,
    "publishMenu": publish,
    "unpublishMenu": unpublish,
    "deleteMenu": delete,
    "discardMenuDraft": discard,
    "restoreMenuRevision": restore,
    "addMenuItem": add,
    "updateMenuItem": change,
    "moveMenuItems": move,
    "deleteMenuItem": drop,
    "replaceMenuItems": replace,
    "bindMenu": bind,
    "unbindMenu": unbind,
}
"""Every mutation of menus."""
