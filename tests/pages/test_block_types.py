"""The fifteen types of block: written, refused, shown."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pages_graphql.pages.block_data import DATA
from tests.pages.block_examples import EXAMPLES, FRAGMENTS, Example, changed, places
from tests.world import ADMIN, ANONYMOUS, AUTHOR, World

BLOCKS = f"""query ($id: ID!, $locale: String, $stage: ContentStage) {{ page(id: $id, locale: $locale, stage: $stage) {{
    blocks {{ __typename type data sharedData overrides {{ locale data }} {FRAGMENTS} }} }} }}"""
INVALID = "VALIDATION_ERROR"
SCRIPT = "javascript:alert(1)"


def block(type: str, **data: Any) -> dict[str, Any]:
    return {"type": type, "data": data}


async def blocks(world: World, page: str, actor: Any = ANONYMOUS, **view: Any) -> list[dict[str, Any]]:
    return (await world.ask(BLOCKS, actor, id=page, **view))["page"]["blocks"]


async def faults(world: World, given: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """The places of what is wrong with blocks, the first being their number."""
    found = await world.problems("createPage", translations=[{"locale": "en", "title": "P"}], blocks=given)
    assert {code for code, _ in found} == {INVALID}, found
    assert {path[0] for _, path in found} == {"blocks"}
    return [tuple(path[1:]) for _, path in found]


def test_there_is_an_example_of_every_type() -> None:
    assert [example.type for example in EXAMPLES] == list(DATA)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.type)
async def test_what_is_written_is_shown_by_the_type(world: World, example: Example) -> None:
    page = await world.page(blocks=[block(example.type, **example.data)])

    (shown,) = await blocks(world, page)

    assert (shown.pop("__typename"), shown.pop("type")) == (example.name, example.type)
    assert shown.pop("data") == example.data
    assert (shown.pop("sharedData"), shown.pop("overrides")) == (None, None)
    assert shown == example.shown


async def test_editors_get_what_is_stored(world: World) -> None:
    page = await world.page(
        blocks=[{**block("hero", title="T"), "overrides": [{"locale": "de", "data": {"title": "D"}}]}]
    )
    (shown,) = await blocks(world, page, AUTHOR)
    assert (shown["sharedData"], shown["overrides"]) == (None, None)
    (shown,) = await blocks(world, page, ADMIN)
    assert (shown["sharedData"], shown["overrides"]) == ({"title": "T"}, [{"locale": "de", "data": {"title": "D"}}])


async def test_every_type_says_its_schema_which_takes_what_the_type_takes(world: World) -> None:
    types = (await world.ask("{ pageBlockTypes { name description jsonSchema isCustom } }", ANONYMOUS))[
        "pageBlockTypes"
    ]
    assert [(type["name"], type["isCustom"]) for type in types] == [(name, False) for name in DATA]
    for type, example in zip(types, EXAMPLES, strict=True):
        data = type["jsonSchema"]
        Draft202012Validator.check_schema(data)
        assert len(type["description"].split()) > 1
        assert data["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
        checker = Draft202012Validator(data)
        assert list(checker.iter_errors(example.data)) == []
        for path in example.required:
            assert not checker.is_valid(changed(example.data, tuple(path.split(".")), ...)), path
        assert not checker.is_valid({**example.data, "unknown": 1})


async def test_what_is_required_is_missed_at_its_place(world: World) -> None:
    wanted = [(example, tuple(path.split("."))) for example in EXAMPLES for path in example.required]
    wrong = [block(example.type, **changed(example.data, path, ...)) for example, path in wanted]
    assert await faults(world, wrong) == [(str(n), "data", *path) for n, (_, path) in enumerate(wanted)]
    nulls = [block(example.type, **changed(example.data, path, None)) for example, path in wanted]
    assert await faults(world, nulls) == [(str(n), "data", *path) for n, (_, path) in enumerate(wanted)]


async def test_nothing_else_is_required(world: World) -> None:
    parts = [
        (example.type, path, changed(example.data, path, ...))
        for example in EXAMPLES
        for path, _ in places(example.data)
        if path and not path[-1].isdigit() and ".".join(path).replace(".1.", ".0.") not in example.required
    ]
    needed = {"url", "src", "mediaId"}  # one of two, in links and pictures
    fine = [block(type, **data) for type, path, data in parts if path[-1] not in needed]
    fine += [block("contact"), block("newsletter"), block("spacer", size="small"), block("spacer", heightPx=1)]
    page = await world.page(blocks=fine)
    assert len(await blocks(world, page)) == len(fine)


async def test_unknown_fields_are_refused_wherever_they_stand(world: World) -> None:
    objects = [(example, path) for example in EXAMPLES for path, part in places(example.data) if isinstance(part, dict)]
    wrong = [block(example.type, **changed(example.data, (*path, "more"), 1)) for example, path in objects]
    assert await faults(world, wrong) == [(str(n), "data", *path, "more") for n, (_, path) in enumerate(objects)]


@pytest.mark.parametrize(
    "url",
    [
        SCRIPT,
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "\\\\evil.example",
        " /a",
        "",
    ],
)
async def test_no_place_takes_a_url_that_could_harm(world: World, url: str) -> None:
    urls = [
        (example, path)
        for example in EXAMPLES
        for path, part in places(example.data)
        if path and path[-1] in {"src", "url"}
    ]
    assert len(urls) >= 8
    wrong = [block(example.type, **changed(example.data, path, url)) for example, path in urls]
    assert await faults(world, wrong) == [(str(n), "data", *path) for n, (_, path) in enumerate(urls)]


WRONG = [
    (block("hero", title=""), ("data", "title")),
    (block("hero", title=1), ("data", "title")),
    (block("hero", title="x" * 1_001), ("data", "title")),
    (block("hero", title="T", backgroundImage={"alt": "A"}), ("data", "backgroundImage")),
    (block("hero", title="T", backgroundImage={"src": "mailto:a@b.example"}), ("data", "backgroundImage", "src")),
    (block("hero", title="T", backgroundImage={"src": "tel:123"}), ("data", "backgroundImage", "src")),
    (block("hero", title="T", backgroundImage={"mediaId": ""}), ("data", "backgroundImage", "mediaId")),
    (block("hero", title="T", cta={"pageId": ""}), ("data", "cta", "pageId")),
    (block("hero", title="T", backgroundImage={"mediaId": 1}), ("data", "backgroundImage", "mediaId")),
    (block("hero", title="T", backgroundImage={"src": "/a", "width": 0}), ("data", "backgroundImage", "width")),
    (block("hero", title="T", backgroundImage={"src": "/a", "height": 1.5}), ("data", "backgroundImage", "height")),
    (block("hero", title="T", cta={"label": "L"}), ("data", "cta")),
    (block("hero", title="T", cta={"url": "/a", "pageId": "b"}), ("data", "cta")),
    (block("hero", title="T", cta="/a"), ("data", "cta")),
    (block("text", text="words"), ("data", "text")),
    (block("text", text={"content": "x", "format": "RTF"}), ("data", "text", "format")),
    (block("image", image={}), ("data", "image")),
    (block("gallery", images=[]), ("data", "images")),
    (block("gallery", images=[{"src": "/a"}, {}]), ("data", "images", "1")),
    (block("gallery", images={"src": "/a"}), ("data", "images")),
    (block("features", features=[]), ("data", "features")),
    (block("features", features=["F"]), ("data", "features", "0")),
    (block("testimonials", testimonials=[]), ("data", "testimonials")),
    (block("testimonials", testimonials=[{"quote": ""}]), ("data", "testimonials", "0", "quote")),
    (block("pricing", plans=[]), ("data", "plans")),
    (block("pricing", plans=[{"name": "P", "price": 9}]), ("data", "plans", "0", "price")),
    (block("pricing", plans=[{"name": "P", "features": [1]}]), ("data", "plans", "0", "features", "0")),
    (block("faq", questions=[]), ("data", "questions")),
    (block("faq", questions=[{"question": "Q", "answer": ""}]), ("data", "questions", "0", "answer")),
    *(
        (block("contact", email=email), ("data", "email"))
        for email in ("", "a", "a@b", "a b@c.example", "a@b.example\n")
    ),
    (block("contact", email="a" * 64 + "@" + "b" * 186 + ".com"), ("data", "email")),
    (block("contact", email=SCRIPT), ("data", "email")),
    *((block("contact", phone=phone), ("data", "phone")) for phone in ("", "12", "call", "1" * 21, "12+34", "1234\n")),
    (block("product_grid", productIds=[]), ("data", "productIds")),
    (block("product_grid", productIds=["p", 1]), ("data", "productIds", "1")),
    (block("product_grid", productIds=[""]), ("data", "productIds", "0")),
    *(
        (block("video", url=url), ("data", "url"))
        for url in (
            "http://www.youtube.com/watch?v=x",
            "https://youtube.com",
            "https://youtube.com.evil.example/watch?v=x",
            "https://evil.example/www.youtube.com/",
            "https://user@youtube.com/watch?v=x",
            "https://youtube.com:444/watch?v=x",
            "https://evil-vimeo.com/1",
            "/watch?v=x",
        )
    ),
    (block("video", url="https://vimeo.com/1", provider="youtube"), ("data",)),
    (block("video", url="https://vimeo.com/1", provider="dailymotion"), ("data", "provider")),
    (block("html", html=""), ("data", "html")),
    (block("html", html=["<p>"]), ("data", "html")),
    (block("spacer"), ("data",)),
    (block("spacer", size="huge"), ("data", "size")),
    (block("spacer", heightPx=0), ("data", "heightPx")),
    (block("spacer", heightPx=1_001), ("data", "heightPx")),
    (block("spacer", heightPx="10"), ("data", "heightPx")),
    ({"type": "Hero", "data": {"title": "T"}}, ("type",)),
    ({"type": "hero", "data": []}, ("data",)),
    (
        {"type": "hero", "data": {"title": "T"}, "overrides": [{"locale": "de", "data": [1]}]},
        ("overrides", "0", "data"),
    ),
]


async def test_every_fault_is_told_at_its_place_and_all_at_once(world: World) -> None:
    form = WRONG[-2:]
    assert await faults(world, [given for given, _ in form]) == [(str(n), *path) for n, (_, path) in enumerate(form)]
    content = WRONG[:-2]
    found = await faults(world, [given for given, _ in content])
    assert found == [(str(n), *path) for n, (_, path) in enumerate(content)]


@pytest.mark.parametrize(
    ("url", "provider"),
    [
        ("https://www.youtube.com/watch?v=x", "youtube"),
        ("https://M.YouTube.com/shorts/x", "youtube"),
        ("https://youtu.be/x", "youtube"),
        ("https://www.youtube-nocookie.com/embed/x", "youtube"),
        ("https://vimeo.com/1", "vimeo"),
        ("https://player.vimeo.com/video/1", "vimeo"),
    ],
)
async def test_the_provider_of_a_video_is_worked_out(world: World, url: str, provider: str) -> None:
    page = await world.page(blocks=[block("video", url=url), block("video", url=url, provider=provider)])
    assert [(shown["provider"], shown["url"]) for shown in await blocks(world, page)] == [(provider, url)] * 2


async def test_the_data_of_a_block_is_at_most_64_kib(world: World) -> None:
    room = 64 * 1024 - len('[{"html":""},[]]')
    await world.page(blocks=[block("html", html="x" * room)])
    over = {"locale": "de", "data": {"html": "y" * 40_000}}
    assert await faults(
        world,
        [
            block("html", html="x" * (room + 1)),
            block("html", html="ж" * 33_000),
            {**block("html", html="z" * 30_000), "overrides": [over]},
        ],
    ) == [("0", "data"), ("1", "data"), ("2", "data")]


async def test_overrides_merge_deep_lists_replace_and_null_clears(world: World) -> None:
    shared = {
        "title": "T",
        "plans": [{"name": "P"}, {"name": "Q"}],
    }
    hero = {"title": "T", "subtitle": "S", "backgroundImage": {"src": "/a.png", "alt": "A"}}
    page = await world.page(
        translations=[{"locale": locale, "title": locale} for locale in ("en", "de", "ru")],
        blocks=[
            {
                **block("hero", **hero),
                "overrides": [
                    {"locale": "de", "data": {"subtitle": None, "backgroundImage": {"alt": "Ä"}}},
                    {"locale": "ru", "data": {"title": "Т"}},
                ],
            },
            {
                **block("pricing", **shared),
                "overrides": [{"locale": "de", "data": {"plans": [{"name": "R", "price": None}]}}],
            },
        ],
    )
    english, german, russian = [await blocks(world, page, locale=locale) for locale in ("en", "de", "ru")]
    assert [shown["data"] for shown in english] == [hero, shared]
    assert german[0]["data"] == {"title": "T", "backgroundImage": {"src": "/a.png", "alt": "Ä"}}
    assert (german[0]["title"], german[0]["subtitle"], german[0]["backgroundImage"]["alt"]) == ("T", None, "Ä")
    assert [plan["name"] for plan in german[1]["plans"]] == ["R"]
    assert [shown["data"] for shown in russian] == [{**hero, "title": "Т"}, shared]
    texts = "query ($id: ID!) { page(id: $id) { translations { locale blocks { data } } } }"
    shown = (await world.ask(texts, ANONYMOUS, id=page))["page"]["translations"]
    assert [text["blocks"][0]["data"] for text in shown] == [english[0]["data"], german[0]["data"], russian[0]["data"]]


async def test_what_an_override_makes_of_a_block_is_checked(world: World) -> None:
    def overridden(given: dict[str, Any], *changes: tuple[str, Any]) -> dict[str, Any]:
        return {**given, "overrides": [{"locale": locale, "data": data} for locale, data in changes]}

    found = await faults(
        world,
        [
            overridden(block("hero", title="T"), ("de", {"subtitle": "S"}), ("ru", {"title": None})),
            overridden(block("cta", cta={"url": "/a"}), ("de", {"cta": {"url": None}})),
            overridden(block("gallery", images=[{"src": "/a"}]), ("de", {"images": []})),
            overridden(block("image", image={"src": "/a"}), ("de", {"image": {"src": SCRIPT}})),
            overridden(
                block("video", url="https://vimeo.com/1", provider="vimeo"), ("de", {"url": "https://youtu.be/x"})
            ),
            overridden(block("hero", title="T"), ("de", {"more": 1}), ("de", {}), ("fr", {})),
        ],
    )
    assert found == [
        ("0", "overrides", "1", "data", "title"),
        ("1", "overrides", "0", "data", "cta"),
        ("2", "overrides", "0", "data", "images"),
        ("3", "overrides", "0", "data", "image", "src"),
        ("4", "overrides", "0", "data"),
        ("5", "overrides", "0", "data", "more"),
        ("5", "overrides", "1", "locale"),
        ("5", "overrides", "2", "locale"),
    ]


async def test_rich_text_is_rendered_for_each_locale(world: World) -> None:
    page = await world.page(
        translations=[{"locale": "en", "title": "E"}, {"locale": "de", "title": "D"}],
        blocks=[
            {
                **block("text", text={"format": "HTML", "content": "<b>one</b>"}),
                "overrides": [{"locale": "de", "data": {"text": {"content": "*zwei*", "format": None}}}],
            },
            {**block("html", html="<p>one</p>"), "overrides": [{"locale": "de", "data": {"html": "<p>zwei</p>"}}]},
        ],
    )
    english, german = [await blocks(world, page, locale=locale) for locale in ("en", "de")]
    assert [english[0]["text"]["html"], english[1]["html"]] == ["<b>one</b>", "<p>one</p>"]
    assert german[0]["text"] == {"format": "MARKDOWN", "content": "*zwei*", "html": "<p><em>zwei</em></p>\n"}
    assert german[1]["html"] == "<p>zwei</p>"


async def test_html_is_kept_as_written_and_served_sanitised(world: World) -> None:
    evil = '<p onclick="x()">Hi<script>y()</script></p><a href="javascript:z()">a</a>'
    safe = '<p>Hi</p><a rel="noopener noreferrer">a</a>'
    page = await world.page(blocks=[block("html", html=evil), block("text", text={"format": "HTML", "content": evil})])

    live = await blocks(world, page)
    assert [live[0]["html"], live[0]["data"]] == [safe, {"html": safe}]
    assert live[1]["text"] == {"format": "HTML", "content": safe, "html": safe}
    assert live[1]["data"] == {"text": {"format": "HTML", "content": safe}}

    draft = await blocks(world, page, ADMIN, stage="DRAFT")
    assert [draft[0]["html"], draft[0]["data"], draft[0]["sharedData"]] == [safe, {"html": safe}, {"html": evil}]
    assert draft[1]["text"] == {"format": "HTML", "content": evil, "html": safe}
    assert draft[1]["data"] == {"text": {"format": "HTML", "content": safe}}


async def test_nulls_in_data_are_as_good_as_left_out(world: World) -> None:
    page = await world.page(
        blocks=[block("hero", title="T", cta=None), block("pricing", plans=[{"name": "P", "cta": None}])]
    )
    assert [shown["data"] for shown in await blocks(world, page)] == [{"title": "T"}, {"plans": [{"name": "P"}]}]
