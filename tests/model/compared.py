"""The service and the model, held against each other."""

from typing import Any

from tests.model import menu_service, menus, service
from tests.model.answers import answer
from tests.model.site import Onlooker, Page, Site
from tests.world import World


def made(site: Site, found: list[Any], done: Any) -> list[str]:
    """The pages that an act made, as the tree is read."""
    return _new(site, found, done["id"]) if done else []


def _new(site: Site, found: list[Any], root: str) -> list[str]:
    """The pages that are new, from this one down, as the tree is read."""
    if root in site.pages:
        return []
    children = [str(page.row.id) for page in found if str(page.row.parent_id) == root]
    return [root, *(id for child in children for id in _new(site, found, child))]


def agree(site: Site, found: list[Any], who: Onlooker) -> None:
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


async def compare(world: World, site: Site, who: Onlooker, paths: list[str]) -> None:
    """Somebody sees the same pages, and is told the same of every path."""
    agree(site, await service.pages(world, who), who)
    answers = await service.routes(world, who, paths)
    _same(answers, {path: answer(site, path, who) for path in paths}, who)


async def compare_menus(world: World, site: Site, who: Onlooker) -> None:
    """Somebody sees the same menus, in the same order, and the same ones at each place of the layout."""
    shown, active = await menu_service.menus(world, who)
    seen = {id: menu for id, menu in site.menus.items() if menus.said(menu, who)}
    _same(_parts(shown), _parts({id: menus.told(site, menu, who) for id, menu in seen.items()}), who)
    assert [*shown] == sorted(seen, key=lambda id: seen[id].handle)
    _same(active, menus.active(site, who), who)


def _parts(told: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {f"{name} of {id}": part for id, menu in told.items() for name, part in menu.items()}


def same_menu(site: Site, done: dict[str, Any], who: Onlooker) -> None:
    """Who wrote a menu is shown it as it is now."""
    _same(menu_service.told(done), menus.told(site, site.menus[done["id"]], who), who)


async def compare_lists(world: World, site: Site, who: Onlooker) -> None:
    """The graph lists the same pages to somebody, the same former paths, and the same menus that link there."""
    listed = await service.listed(world, who)
    for node in listed.values():
        node["formerPaths"] = {(former["locale"], former["path"]) for former in node["formerPaths"]}
        pointing = node["referencedBy"]["nodes"]
        node["referencedBy"] = {(one["source"]["id"], one["stage"], tuple(one["path"])) for one in pointing}
    _same(listed, {id: _listed(site, page, who) for id, page in site.pages.items() if site.sees(id, who)}, who)


def _listed(site: Site, page: Page, who: Onlooker) -> dict[str, Any]:
    told = _told(site, page, who)
    return {
        "title": told["texts"][told["locale"]]["title"],
        "path": told["paths"][told["locale"]],
        "version": page.version,
        "hasUnpublishedChanges": told["changed"],
        "referencedBy": menus.pointing(site, page.id, who),
        "formerPaths": {at for at, id in site.owners.items() if id == page.id and not _led_elsewhere(site, *at)}
        - {*page.last.items()},
    }


def _led_elsewhere(site: Site, locale: str, path: str) -> bool:
    """Whether somebody leads a path elsewhere by hand."""
    here = [one for one in site.redirects.values() if one.path == path and not one.prefix]
    return any(one.locale in ("", locale) for one in here)


def _same(service: dict[str, Any], model: dict[str, Any], who: Onlooker) -> None:
    """The service and the model say the same; where not, both are shown, the service first."""
    both = {key: (service.get(key), model.get(key)) for key in {**service, **model}}
    apart = {key: pair for key, pair in both.items() if pair[0] != pair[1]}
    assert not apart, (who, apart)
