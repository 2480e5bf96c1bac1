"""The service, asked the way the model answers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pages_graphql.api.context import Context
from pages_graphql.api.execution import GraphQLCoreExecutor
from pages_graphql.core.access import ROLES, Actor, Role
from pages_graphql.core.tenancy import Channel, Locale
from pages_graphql.core.view import ContentStage, View
from pages_graphql.pages import finding, shown
from pages_graphql.pages.repository.rows import PageSource, drafts_of, visible, visible_pages
from pages_graphql.pages.service.rebuild import Drift, rebuild_pages, rebuild_routes
from pages_graphql.schema import schema
from tests.model.answers import Answer
from tests.model.site import Onlooker, Site
from tests.world import World

ACTORS = {
    "admin": Actor("admin", ROLES[Role.ADMIN]),
    "manager": Actor("manager", ROLES[Role.MANAGER]),
    "author": Actor("author", ROLES[Role.AUTHOR]),
    "writer": Actor("writer", ROLES[Role.AUTHOR]),
    "customer": Actor("customer", ROLES[Role.CUSTOMER]),
    "anonymous": Actor(),
}
EDITOR = Onlooker("admin", "", drafts=True)

_EXECUTOR = GraphQLCoreExecutor(schema)
_LIST = """{ pages(first: 100) { nodes {
  id title path version hasUnpublishedChanges formerPaths(first: 100) { locale path }
  referencedBy(first: 100) { nodes { stage path source { ... on Menu { id } } } } } } }"""
_SHOWN = {
    "deletePage": "deletedId",
    "deletePathRedirect": "deletedId",
    "createPathRedirect": "done: redirect { id }",
}


def facts(site: Site) -> dict[str, Any]:
    """What makes a tenant of the service one like the model's."""
    locales = [Locale(one.tag, one.prefix, one.fallbacks, one.is_default) for one in site.languages]
    channels = [Channel(slug, slug, is_default=not n) for n, slug in enumerate(site.channels)]
    return {"locales": tuple(locales), "channels": tuple(channels)}


def view(world: World, who: Onlooker) -> View:
    """How somebody looks at the tenant."""
    stage = ContentStage.DRAFT if who.drafts else ContentStage.LIVE
    return View(world.tenant, ACTORS[who.actor], who.locale or world.tenant.default_locale, who.channel, stage)


async def asked(world: World, who: Onlooker, query: str, **variables: Any) -> dict[str, Any]:
    """What the graph answers somebody."""
    context = Context(world.database, view(world, who))
    result = await _EXECUTOR.execute(_EXECUTOR.prepare(query, None), variables, context)
    assert not result.errors, result.errors
    assert result.data is not None
    return result.data


async def listed(world: World, who: Onlooker) -> dict[str, Any]:
    """The pages that the graph lists to somebody, with the paths that they had."""
    data = await asked(world, who, _LIST)
    return {node.pop("id"): node for node in data["pages"]["nodes"]}


async def do(world: World, mutation: str, actor: str, given: dict[str, Any]) -> tuple[Any, set[str]]:
    """What a mutation changed, and the codes of the problems."""
    kind = mutation[0].upper() + mutation[1:]
    selected = _SHOWN.get(mutation, "done: page { id version status hasUnpublishedChanges }")
    query = f"""mutation ($input: {kind}Input!) {{ payload: {mutation}(input: $input) {{
        {selected} problems {{ code path }} }} }}"""
    payload = (await asked(world, Onlooker(actor, ""), query, input=given))["payload"]
    return payload.get("done"), {problem["code"] for problem in payload["problems"]}


async def pages(world: World, who: Onlooker) -> list[PageSource]:
    """The pages that somebody sees."""
    seen = view(world, who)
    async with world.database.read(seen) as read:
        found = await visible(read, visible_pages(drafts_of(seen)))
    return [page for page, _ in sorted(found, key=lambda hit: (hit[0].row.position, hit[0].row.id))]


def told(page: PageSource) -> dict[str, Any]:
    """What somebody learns of a page."""
    texts = page.document["translations"]
    return {
        "parent": page.row.parent_id and str(page.row.parent_id),
        "version": page.row.version,
        "number": page.row.number,
        "status": shown.status(page).value,
        "changed": shown.has_unpublished_changes(page),
        "draft": page.row.is_draft,
        "home": page.row.is_home,
        "channels": set(shown.channels(page)),
        "locale": page.locale,
        "texts": {locale: {"title": text["title"], "slug": text["slug"]} for locale, text in texts.items()},
        "paths": {locale: page.row.paths.get(locale) for locale in texts},
        "blocks": [block["data"]["title"] for block in texts[page.locale]["blocks"]],
        "metadata": page.document["metadata"],
    }


async def routes(world: World, who: Onlooker, paths: Sequence[str]) -> dict[str, Answer]:
    """What paths mean to somebody."""
    async with world.database.read(view(world, who)) as read:
        found = await finding.routes(read, paths)
    answers = [route.row for route in found]
    assert [row.path for row in answers if row.status_code == 410 and row.gone_at is None] == []
    return {
        path: Answer(
            row.status_code,
            row.page and str(row.page.row.id),
            row.canonical_path,
            row.canonical_locale,
            row.location,
        )
        for path, row in zip(paths, answers, strict=True)
    }


async def drift(world: World) -> dict[str, int]:
    """What `rebuild --check` finds to be otherwise than the revisions say."""
    found = Drift()
    async with world.database.begin(world.tenant, ACTORS["admin"]) as work:
        after: UUID | None = None
        while after := await rebuild_pages(work, after, found, mend=False):
            pass
        await rebuild_routes(work, found, mend=False)
    return found.found
