"""Pages as the gateway asks for them by path and locale: exactly there, or nowhere."""

from copy import deepcopy
from typing import Any

import pytest

from tests.world import ADMIN, ANONYMOUS, AUTHOR, CUSTOMER, World, new_world

ENTITIES = """query ($r: [_Any!]!) { _entities(representations: $r) { ... on Page { id title path locale requestedLocale
    stage } } }"""


def address(path: str, locale: str = "en", **more: object) -> dict[str, object]:
    return {"__typename": "Page", "path": path, "locale": locale, **more}


def texts(**titles: str) -> list[dict[str, str]]:
    return [{"locale": locale, "title": title} for locale, title in titles.items()]


async def found(world: World, *asked: dict[str, object], **who: Any) -> list[tuple[str, str, str] | None]:
    """Title, path and locale of what each address leads to."""
    data = await world.ask(ENTITIES, **{"actor": ANONYMOUS, **who}, r=list(asked))
    return [page and (page["title"], page["path"], page["locale"]) for page in data["_entities"]]


async def test_each_is_shown_in_the_locale_of_its_key(world: World) -> None:
    tree = await world.page(translations=texts(en="Tree", de="Baum"))
    await world.page(parentId=tree, translations=texts(en="Leaf", de="Blatt"))

    asked = [address("/baum/blatt", "de"), address("/tree/leaf"), address("/baum", "de"), address("/tree")]

    assert await found(world, *asked, view=world.view(locale="ru")) == [
        ("Blatt", "/baum/blatt", "de"),
        ("Leaf", "/tree/leaf", "en"),
        ("Baum", "/baum", "de"),
        ("Tree", "/tree", "en"),
    ]


async def test_the_view_of_what_is_below_is_the_keys(world: World) -> None:
    tree = await world.page(translations=texts(en="Tree", de="Baum"))
    await world.page(parentId=tree, translations=texts(en="Leaf", de="Blatt"))
    below = """query ($r: [_Any!]!) { _entities(representations: $r) { ... on Page {
        requestedLocale isFallback parent { title } } } }"""

    data = await world.ask(below, ANONYMOUS, r=[address("/baum/blatt", "de")])

    assert data["_entities"] == [{"requestedLocale": "de", "isFallback": False, "parent": {"title": "Baum"}}]


@pytest.mark.parametrize("stage", ["LIVE", "DRAFT"])
async def test_fifty_addresses_in_three_locales_cost_two_statements(world: World, stage: str) -> None:
    for n in range(17):
        await world.page(translations=texts(en=f"Page {n}", de=f"Seite {n}", ru=f"Страница {n}"))
    words = {"en": ("Page", "page"), "de": ("Seite", "seite"), "ru": ("Страница", "страница")}
    places = [(locale, n) for n in range(17) for locale in ("ru", "en", "de")]

    answer = await found(
        world,
        *(address(f"/{words[locale][1]}-{n}", locale) for locale, n in places),
        view=world.view(ADMIN, stage=stage),
    )

    assert answer == [(f"{words[locale][0]} {n}", f"/{words[locale][1]}-{n}", locale) for locale, n in places]
    assert len(world.statements) <= 2


async def test_ids_and_addresses_cost_two_statements_each(world: World) -> None:
    pages = [await world.page(f"Page {n}") for n in range(4)]
    asked = [
        address("/page-0"),
        {"__typename": "Page", "id": pages[1]},
        address("/page-2"),
        {"__typename": "Page", "id": pages[3]},
    ]
    answer = await found(world, *asked)

    assert [page and page[0] for page in answer] == [f"Page {n}" for n in range(4)]
    assert len(world.statements) <= 4


@pytest.mark.parametrize(
    ("path", "locale"),
    [
        ("leaf//tea/", "en"),
        ("/LEAF/%54ea?x=1#top", "en"),
        ("/leaf/tea", "EN"),
        ("/leaf/tea", "en"),
    ],
)
async def test_a_key_is_compared_as_paths_and_locales_are(world: World, path: str, locale: str) -> None:
    leaf = await world.page("Leaf")
    await world.page("Tea", parentId=leaf)
    assert await found(world, address(path, locale)) == [("Tea", "/leaf/tea", "en")]


async def test_what_lives_elsewhere_is_null_at_its_place(world: World) -> None:
    page = await world.page(translations=texts(en="Old", de="Alt"))
    await world.do("changePageSlug", id=page, locale="en", slug="new")
    await world.page("Draft", publish=False)
    await world.page("Elsewhere", channels=["app"])
    async with new_world(world.database) as other:
        await other.page("Foreign")

    asked = [
        address("/old"),  # former: no redirect is followed
        address("/new"),
        address("/new", "de"),  # another locale's path
        address("/new", "ru"),  # shown by fallback only
        address("/alt", "de-AT"),  # likewise
        address("/draft"),
        address("/elsewhere"),
        address("/foreign"),
        address("/no-such"),
        address("/"),
        address("/a/../new"),
        address("/new\x00"),
        address("/%ff"),
        address("/" + "x" * 3000),
        address("/new", "no locale"),
        address("/new", ""),
        address("", "en"),
        address("/alt", "de"),
    ]
    answer = await found(world, *asked, view=world.view())

    assert [(n, page) for n, page in enumerate(answer) if page] == [
        (1, ("Old", "/new", "en")),
        (17, ("Alt", "/alt", "de")),
    ]


@pytest.mark.parametrize("stage", ["LIVE", "DRAFT"])
async def test_the_home_page_lives_at_the_root(world: World, stage: str) -> None:
    home = await world.page(translations=texts(en="Home", de="Heim"))
    await world.page("Tea", parentId=home)
    await world.do("setHomePage", id=home)

    asked = [address("/"), address("/", "de"), address("/home"), address("/home/tea"), address("/", "ru")]

    assert await found(world, *asked, view=world.view(ADMIN, stage=stage)) == [
        ("Home", "/", "en"),
        ("Heim", "/", "de"),
        None,
        ("Tea", "/home/tea", "en"),
        None,
    ]


async def test_drafts_are_found_where_they_would_live(world: World) -> None:
    tree = await world.page(translations=texts(en="Tree", de="Baum"))
    await world.page("Leaf", parentId=tree, publish=False)
    await world.do("updatePage", id=tree, translations=[{"locale": "en", "slug": "oak"}])

    asked = [
        address("/oak"),
        address("/tree"),
        address("/oak/leaf"),
        address("/baum", "de"),
        address("/baum/leaf", "de"),
    ]

    assert await found(world, *asked, view=world.view(ADMIN, stage="DRAFT")) == [
        ("Tree", "/oak", "en"),
        None,
        ("Leaf", "/oak/leaf", "en"),
        ("Baum", "/baum", "de"),
        None,
    ]


async def test_a_path_through_an_ancestor_without_the_locale_is_found(world: World) -> None:
    tree = await world.page("Tree")
    await world.page(parentId=tree, translations=texts(en="Leaf", de="Blatt"))
    for stage in ("LIVE", "DRAFT"):
        view = world.view(ADMIN, stage=stage)
        assert await found(world, address("/tree/blatt", "de"), view=view) == [("Blatt", "/tree/blatt", "de")]


async def test_an_author_gets_his_drafts_and_what_is_live_of_others(world: World) -> None:
    await world.page("Own", publish=False, actor=AUTHOR)
    other = await world.page("Other")
    await world.do("updatePage", id=other, translations=[{"locale": "en", "slug": "changed"}])
    await world.page("Draft", publish=False)

    asked = [address("/own"), address("/other"), address("/changed"), address("/draft")]

    assert await found(world, *asked, view=world.view(AUTHOR, stage="DRAFT")) == [
        ("Own", "/own", "en"),
        ("Other", "/other", "en"),
        None,
        None,
    ]


@pytest.mark.parametrize(("actor", "code"), [(ANONYMOUS, "UNAUTHENTICATED"), (CUSTOMER, "PERMISSION_DENIED")])
async def test_drafts_without_the_right_are_an_error_at_each_place(world: World, actor: Any, code: str) -> None:
    await world.page("Live")
    answer = await world.answer(ENTITIES, view=world.view(actor, stage="DRAFT"), r=[address("/live"), address("/none")])

    assert answer.data == {"_entities": [None, None]}
    assert [error.path for error in answer.errors] == [["_entities", 0], ["_entities", 1]]
    assert answer.codes == [code, code]


@pytest.mark.parametrize(
    "broken",
    [
        {"path": "/fine"},
        {"locale": "en"},
        {"path": None, "locale": "en"},
        {"path": "/fine", "locale": None},
        {"path": 7, "locale": "en"},
        {"path": ["/fine"], "locale": "en"},
        {"path": "/fine", "locale": {}},
    ],
)
async def test_a_key_without_a_string_is_an_error_at_its_own_place(world: World, broken: dict[str, object]) -> None:
    await world.page("Fine")
    answer = await world.answer(
        ENTITIES, ANONYMOUS, r=[address("/fine"), {"__typename": "Page", **broken}, address("/fine")]
    )

    assert answer.data
    assert [page and page["title"] for page in answer.data["_entities"]] == ["Fine", None, "Fine"]
    assert [(error.path, error.original_error.code) for error in answer.errors] == [
        (["_entities", 1], "VALIDATION_ERROR")
    ]


async def test_the_callers_variables_stay_as_they_are_and_further_fields_are_ignored(world: World) -> None:
    await world.page("Fine")
    given = [address("/fine", title="Other", channel="app", stage="DRAFT"), address("no", "no")]
    before = deepcopy(given)

    assert await found(world, *given, view=world.view()) == [("Fine", "/fine", "en"), None]
    assert given == before
