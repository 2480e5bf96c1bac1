from tests.world import ADMIN, ANONYMOUS, AUTHOR, World

VIEWER = """{ contentViewer { id isAuthenticated permissions locale channel stage
  tenant { slug defaultLocale locales { locale urlPrefix fallbacks isDefault } channels { slug name baseUrl isDefault } } } }"""


async def test_who_asks_is_told_what_he_may_and_sees(world: World) -> None:
    viewer = (await world.ask(VIEWER, AUTHOR))["contentViewer"]
    assert viewer["id"] == "author"
    assert viewer["isAuthenticated"]
    assert viewer["permissions"] == ["pages:create", "pages:delete:own", "pages:update:own"]
    assert (viewer["locale"], viewer["channel"], viewer["stage"]) == ("en", "web", "LIVE")
    assert viewer["tenant"]["slug"] == world.tenant.slug
    assert viewer["tenant"]["locales"][1] == {
        "locale": "de", "urlPrefix": "/de", "fallbacks": ["en"], "isDefault": False
    }  # fmt: skip
    assert viewer["tenant"]["channels"][1] == {"slug": "app", "name": "App", "baseUrl": None, "isDefault": False}


async def test_nobody_in_particular_has_no_id_and_may_nothing(world: World) -> None:
    viewer = (await world.ask(VIEWER, ANONYMOUS))["contentViewer"]
    assert (viewer["id"], viewer["isAuthenticated"], viewer["permissions"]) == (None, False, [])
    assert (await world.ask(VIEWER, ADMIN))["contentViewer"]["permissions"][0] == "menus:manage"
