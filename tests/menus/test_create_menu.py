from tests.world import AUTHOR, MANAGER, World

ITEMS = "items { id label children { label depth position parentId } }"


async def test_makes_a_draft_with_items_and_places_and_tells_the_world(world: World) -> None:
    page = await world.page("About us")
    payload = await world.do(
        "createMenu",
        fields=f"handle name stage hiddenTargetPolicy itemCount depth bindings {{ channel location }} {ITEMS}",
        handle="main",
        translations=[{"locale": "en", "name": "Main"}],
        hiddenTargetPolicy="TEXT",
        items=[
            {"link": {"pageId": page}, "children": [{"translations": [{"locale": "en", "label": "Below"}]}]},
            {"link": {"url": "https://elsewhere.example/"}},
        ],
        bindings=[{"location": "HEADER"}, {"location": "MOBILE", "channel": "app"}],
    )
    assert payload["problems"] == []
    menu = payload["menu"]
    assert (menu["handle"], menu["name"], menu["status"], menu["stage"]) == ("main", "Main", "DRAFT", "DRAFT")
    assert (menu["version"], menu["itemCount"], menu["depth"], menu["hiddenTargetPolicy"]) == (1, 3, 2, "TEXT")
    assert [item["label"] for item in menu["items"]] == ["About us", "https://elsewhere.example/"]
    below = {"label": "Below", "depth": 1, "position": 0, "parentId": menu["items"][0]["id"]}
    assert menu["items"][0]["children"] == [below]
    assert menu["bindings"] == [{"channel": None, "location": "HEADER"}, {"channel": "app", "location": "MOBILE"}]
    [(name, data)] = await world.outbox(menu["id"])
    assert (name, data["version"], data["revision"], data["locales"]) == ("menu.created", 1, 1, ["en"])


async def test_publishes_at_once_where_asked(world: World) -> None:
    menu = await world.menu("main", [{"translations": [{"locale": "en", "label": "Hi"}]}], publish=True)
    assert [name for name, _ in await world.outbox(menu)] == ["menu.created", "menu.published"]


async def test_publishing_needs_its_own_permission(world: World) -> None:
    given = {"handle": "main", "translations": [{"locale": "en", "name": "Main"}]}
    assert await world.problems("createMenu", MANAGER, publish=True, **given) == [("PERMISSION_DENIED", [])]
    assert await world.problems("createMenu", AUTHOR, **given) == [("PERMISSION_DENIED", [])]
    assert (await world.do("createMenu", MANAGER, **given))["problems"] == []


async def test_says_all_that_is_wrong_at_once(world: World) -> None:
    await world.menu("taken", bindings=[{"location": "HEADER"}])
    problems = await world.problems(
        "createMenu",
        handle="taken",
        translations=[{"locale": "xx", "name": ""}, {"locale": "en", "name": "x" * 256}],
        items=[
            {"link": {"url": "/here", "pageId": "0b0e5a3c-7b2c-4a57-9d3e-1c1f4f6d0000"}},
            {"link": {"url": "/here", "fragment": "part"}},
            {"children": [{"id": "nobody", "translations": [{"locale": "en", "label": " "}]}]},
        ],
        bindings=[
            {"location": "HEADER"},
            {"location": "FOOTER", "channel": "moon"},
            {"location": "FOOTER"},
            {"location": "FOOTER"},
        ],
    )
    assert sorted(problems) == sorted(
        [
            ("VALIDATION_ERROR", ["handle"]),
            ("VALIDATION_ERROR", ["translations", "0", "locale"]),
            ("VALIDATION_ERROR", ["translations", "0", "name"]),
            ("VALIDATION_ERROR", ["translations", "1", "name"]),
            ("VALIDATION_ERROR", ["items", "0", "link"]),
            ("PAGE_NOT_FOUND", ["items", "0", "link", "pageId"]),
            ("VALIDATION_ERROR", ["items", "1", "link", "fragment"]),
            ("VALIDATION_ERROR", ["items", "2"]),
            ("MENU_ITEM_NOT_FOUND", ["items", "2", "children", "0", "id"]),
            ("VALIDATION_ERROR", ["items", "2", "children", "0", "translations", "0", "label"]),
            ("BINDING_TAKEN", ["bindings", "0", "location"]),
            ("CHANNEL_NOT_FOUND", ["bindings", "1", "channel"]),
            ("VALIDATION_ERROR", ["bindings", "3"]),
        ]
    )
