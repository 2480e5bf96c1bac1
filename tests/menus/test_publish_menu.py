from tests.world import ANONYMOUS, World

COUNT = 'query { menuByHandle(handle: "main") { itemCount stage status publishedAt revision { number isLive author { id } } } }'


async def test_shows_readers_the_draft_and_tells_the_world_once(world: World) -> None:
    menu = await world.menu("main", publish=False)
    await world.do("replaceMenuItems", menuId=menu, items=[{"link": {"url": "/x"}}])

    for _ in range(2):  # the second time there is nothing new: it succeeds, and says nothing
        payload = await world.do("publishMenu", id=menu)
        assert payload == {"menu": {"id": menu, "version": 3, "status": "PUBLISHED"}, "problems": []}

    found = (await world.ask(COUNT, ANONYMOUS))["menuByHandle"]
    assert found.pop("publishedAt") is not None
    revision = {"number": 2, "isLive": True, "author": None}
    assert found == {"itemCount": 1, "stage": "LIVE", "status": "PUBLISHED", "revision": revision}
    told = [(name, data["version"], data["revision"]) for name, data in await world.outbox(menu)]
    assert told == [("menu.created", 1, 1), ("menu.updated", 2, 2), ("menu.published", 3, 2)]
