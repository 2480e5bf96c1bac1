"""Each construct of the language, asked of a rich tenant: both executors give the same bytes, and the compiled one ran."""

from typing import Any

import pytest

from pages_graphql.api.context import Context
from tests.engine.both import Both, loaded
from tests.engine.conftest import Rich
from tests.pages.block_examples import FRAGMENTS
from tests.world import ADMIN, ANONYMOUS, AUTHOR, recorded

LOOKED_AT = [(ANONYMOUS, "LIVE", "web", "en"), (ADMIN, "DRAFT", None, "de"), (AUTHOR, "LIVE", "app", "fr")]

PAGE = """id viewKey status stage version hasUnpublishedChanges template channels metadata locale requestedLocale
    isFallback availableLocales title slug path url depth position isHome author { id } createdAt updatedAt publishedAt
    body { format content html excerpt short: excerpt(length: 4) wordCount readingMinutes } viewerPermissions"""

QUESTIONS: dict[str, str] = {
    "every field of a page": f"""query ($id: ID!) {{ page(id: $id) {{ {PAGE}
        seo {{ title description canonicalUrl robots image {{ src media {{ id }} }} stored
          openGraph {{ title description type locale image {{ src }} }} }}
        translation(locale: "de") {{ title blocks {{ id }} seo {{ title }} }} translations {{ locale title path updatedAt }}
        alternates {{ locale path url isDefault }} parent {{ title }} ancestors {{ title }} breadcrumbs {{ title path pageId }}
        children(first: 2) {{ totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
          edges {{ cursor node {{ title parent {{ id }} }} }} nodes {{ {PAGE} }} }}
        revision {{ number contentHash isLive note author {{ id }} page {{ title }} menu {{ name }} }}
        revisions(first: 3) {{ totalCount nodes {{ number page {{ title body {{ html }} }} }} }}
        referencedBy {{ nodes {{ stage path source {{ __typename ... on Page {{ title }} ... on Menu {{ name }} }} }} }}
        redirects {{ nodes {{ fromPath origin page {{ title }} }} }} formerPaths {{ locale path }}
        inView(locale: "de", channel: "web") {{ title parent {{ title }} }} }} }}""",
    "blocks of every type": f"query ($id: ID!) {{ page(id: $id) {{ blocks {{ __typename id type data sharedData overrides "
    f'{{ locale data }} {FRAGMENTS} }} some: blocks(types: ["hero", "faq"]) {{ type }} }} }}',
    "menus and their links": """query { menuByHandle(handle: "main") { name isFallback itemCount depth bindings { location channel }
        hiddenTargetPolicy allItems { id isVisible hiddenReason } flatItems { id parentId position }
        items { label url icon openInNewTab link { __typename ... on MenuPageLink { fragment page { title path } }
          ... on MenuUrlLink { url isExternal } ... on MenuEntityLink { entity { __typename ... on Product { id } } } }
          translations { locale label } children { label children { label } } } }
        activeMenu(location: FOOTER) { handle items { label } } menus(first: 2) { totalCount nodes { handle items { label } } } }""",
    "routes": """query { home: route(path: "/") { ...R } page: route(path: "/about-us") { ...R } old: route(path: "/old") { ...R }
        far: route(path: "/far/away") { ...R } gone: route(path: "/gone") { ...R } no: route(path: "/nowhere") { ...R } }
        fragment R on PathRoute { __typename statusCode path locale ... on PageRoute { isCanonical page { title } }
          ... on PathRedirectRoute { isPermanent location targetPage { title parent { id } } targetPath } ... on PathGoneRoute { goneAt } }""",
    "references of a gateway": """query ($ids: [_Any!]!, $id: String) { _entities(representations: $ids) { __typename
        ... on Page { id title parent { title } } ... on Menu { id name items { label } } }
        again: _entities(representations: [{__typename: "Page", path: "/about-us", locale: "en"}, {__typename: "Page", id: $id}]) {
          ... on Page { title } } }""",
    "who asks, and types of block": """query { contentViewer { id isAuthenticated permissions locale channel stage
        tenant { id name locales { locale fallbacks isDefault } channels { slug baseUrl } } }
        pageBlockTypes { name isCustom jsonSchema } }""",
    "lists with a filter and an order": """query ($n: Int = 2, $roots: Boolean) { pages(where: {isRoot: $roots, not: {status: [ARCHIVED]}},
        first: $n) { totalCount nodes { title children(first: $n) { nodes { title } } } } all: pages(last: 3) { nodes { title } } }""",
    "the same page many times": """query ($id: ID!) { a: page(id: $id) { title } b: page(id: $id, locale: "de") { title }
        c: page(id: $id) { parent { children { nodes { parent { title } } } } } __typename }""",
}


@pytest.mark.parametrize(("actor", "stage", "channel", "locale"), LOOKED_AT)
@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_construct_is_answered_alike(
    rich: Rich, question: str, actor: Any, stage: str, channel: str | None, locale: str
) -> None:
    world, values = rich
    both, view = Both(), world.view(actor, locale, channel, stage)
    for id in values["id"][1:4]:
        gateway = [{"__typename": "Page", "id": one} for one in values["id"][:-3]]
        gateway += [{"__typename": "Menu", "id": one} for one in values["id"][-3:]]
        query = QUESTIONS[question]
        given = {name: value for name, value in {"id": id, "ids": gateway}.items() if f"${name}:" in query}
        said = await both.same(world.database, view, query, given)
        assert said.errors == []
        assert loaded(said)
    assert both.reasons == ["", "", ""]


@pytest.mark.parametrize("question", ["references of a gateway", "the same page many times", "every field of a page"])
async def test_nothing_is_read_more_often_than_by_core(rich: Rich, question: str) -> None:
    world, values = rich
    both, query, costs = Both(), QUESTIONS[question], list[int]()
    gateway = [{"__typename": "Page", "id": id} for id in values["id"][:-3]]
    given = {name: value for name, value in {"id": values["id"][1], "ids": gateway}.items() if f"${name}:" in query}
    for executor in (both.core, both.compiled):
        with recorded(world.database, world.statements):
            await both.said(executor, Context(world.database, world.view()), query, given, None)
        costs.append(len(world.statements))
    assert costs[1] <= costs[0]
    assert both.reasons == [""]


@pytest.mark.parametrize(
    "query",
    [
        '{ page(id: "x", locale: "no locale") { id } contentViewer { id } }',
        '{ _entities(representations: [{__typename: "Nothing"}, {__typename: "Page", id: "x"}]) { __typename } }',
        '{ a: pages(first: 1) { nodes { id translation(locale: "no locale") { title } } } }',
        "{ pages(first: 2) { nodes { children(first: 101) { nodes { id } } title } } }",
        '{ pageSlugAvailability(slug: "x", locale: "en") { slug } pages { totalCount } }',
    ],
)
async def test_what_is_refused_is_refused_alike(rich: Rich, query: str) -> None:
    world, _ = rich
    both = Both()
    said = await both.same(world.database, world.view(), query)
    assert said.errors
    assert both.reasons == ["refused"]
