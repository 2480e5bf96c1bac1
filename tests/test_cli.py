"""The commands, as a shell runs them."""

import json
import logging
import os
import re
import socket
import subprocess
import sys
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import structlog
from graphql import build_schema, lexicographic_sort_schema, print_schema
from joserfc import jwt
from joserfc.jwk import OctKey
from typer.testing import CliRunner, Result

from pages_graphql.api.sdl import sorted_sdl
from pages_graphql.cli import app
from pages_graphql.schema import schema
from tests.serving import serving

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for each command, without settings."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith("PAGES_"):
            monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture(autouse=True)
def logs() -> Iterator[None]:
    """What the process logs where, as it was: a command that serves sends it to where this test looks alone."""
    root = logging.getLogger()
    before = root.handlers, root.level
    yield
    root.handlers, root.level = before
    structlog.reset_defaults()


def run(*arguments: str, **settings: str) -> Result:
    """What a command answers; each PAGES_ setting by its name in lower case."""
    env = {f"PAGES_{name.upper()}": value for name, value in settings.items()}
    return CliRunner().invoke(app, arguments, env=env)


def done(*arguments: str, **settings: str) -> str:
    """What a command prints, which succeeds."""
    result = run(*arguments, **settings)
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def failed(*arguments: str, code: int = 1, **settings: str) -> str:
    """The one line in which a command says why it failed."""
    result = run(*arguments, **settings)
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    [line] = result.stderr.splitlines()
    return line


def test_the_database_goes_up_and_down() -> None:
    assert done("db", "upgrade") == "0001 (head)"
    assert done("db", "current") == "0001 (head)"
    assert done("db", "downgrade") == "base"
    assert done("db", "upgrade", "+1") == "0001 (head)"
    assert done("db", "downgrade", "base") == "base"
    assert "nonsense" in failed("db", "upgrade", "nonsense")


def test_the_migrations_are_checked_without_a_database(folder: Path) -> None:
    assert done("db", "check") == "The migrations build what the models describe."
    assert list(folder.iterdir()) == []


def test_commands_say_what_a_database_needs() -> None:
    expected = "Error: The database is at revision None, this service expects 0001. Run: pages-graphql db upgrade"
    assert done("db", "current") == "base"
    assert failed("tenant", "list") == expected
    done("db", "upgrade")
    done("db", "downgrade", "base")
    assert failed("tenant", "list") == expected
    refused = failed("db", "upgrade", database_url="postgresql+psycopg://x:hidden@127.0.0.1:1/x")
    assert refused.startswith("Error: The database failed: ")
    assert "hidden" not in refused


def test_wrong_settings_are_named_in_one_line() -> None:
    assert failed("db", "current", code=2, port="x").startswith("Error: PAGES_PORT: ")
    short = failed("token", code=2, jwt_secret="hidden")
    assert short == "Error: PAGES_JWT_SECRET: it has at least 32 bytes"


def test_a_tenant_is_made_and_listed() -> None:
    done("db", "upgrade")
    made = done(
        "tenant", "create", "shop", "--name", "My shop", "--locale", "en", "--locale", "pt_br", "--channel", "web"
    )
    id = made.removeprefix("shop ")
    added = done("tenant", "locale", "add", "shop", "de", "--prefix", "/d", "--fallback", "en")
    assert added == "en pt-BR de\nNo path changed."
    assert (
        done("tenant", "channel", "add", "shop", "app", "--name", "App", "--base-url", "https://a.example") == "web app"
    )
    assert done("tenant", "host", "add", "shop", "Shop.Example:443") == "shop.example"
    done("tenant", "disable", "shop")
    header, row = done("tenant", "list").splitlines()
    assert header.split() == ["slug", "id", "name", "locales", "channels", "enabled"]
    assert re.split(r"\s{2,}", row.strip()) == ["shop", id, "My shop", "en pt-BR de", "web app", "no"]
    done("tenant", "enable", "shop")
    assert done("tenant", "list").endswith("yes")


def test_the_locales_of_a_tenant_are_changed() -> None:
    done("db", "upgrade")
    done("tenant", "create", "shop", "--locale", "en", "--locale", "de", "--locale", "ru")
    same = "\nNo path changed."
    assert done("tenant", "locale", "order", "shop", "ru", "en", "de") == f"ru en de{same}"
    assert done("tenant", "locale", "change", "shop", "ru", "--fallback", "de", "--fallback", "en") == f"ru en de{same}"
    assert done("tenant", "locale", "change", "shop", "en", "--prefix", "/en") == f"ru en de{same}"
    assert done("tenant", "locale", "change", "shop", "de", "--default", "--prefix", "") == f"ru en de{same}"
    assert done("tenant", "locale", "remove", "shop", "en") == f"ru de{same}"
    assert "de is the default locale" in failed("tenant", "locale", "remove", "shop", "de")
    both = failed("tenant", "locale", "change", "shop", "ru", "--fallback", "de", "--no-fallbacks")
    assert both == "Error: Give --fallback or --no-fallbacks, not both."
    assert done("tenant", "locale", "change", "shop", "ru", "--no-fallbacks") == f"ru de{same}"
    assert "Name each locale once: ru de" in failed("tenant", "locale", "order", "shop", "ru")


def test_a_tenant_makes_a_type_of_block(folder: Path) -> None:
    done("db", "upgrade")
    done("tenant", "create", "shop")
    good, bad = folder / "recipe.json", folder / "bad.json"
    good.write_text('{"title": "A recipe", "type": "object"}')
    bad.write_text('{"items": {"$ref": "https://x.example"}}')
    assert done("tenant", "block-type", "add", "recipe", str(good), "--tenant", "shop") == "shop recipe"
    assert done("tenant", "block-type", "add", "recipe", str(good), default_tenant="shop") == "shop recipe"
    assert "tenant: There is no such tenant." in failed("tenant", "block-type", "add", "recipe", str(good))
    refused = failed("tenant", "block-type", "add", "Recipe", str(bad), "--tenant", "shop")
    assert "jsonSchema/items/$ref: A reference is" in refused
    assert "name: A name has 1 to 63" in refused
    assert "name: “hero” is a type" in failed("tenant", "block-type", "add", "hero", str(good), "--tenant", "shop")
    good.write_bytes(b"\xff")
    assert "is no text in UTF-8" in failed("tenant", "block-type", "add", "x", str(good), "--tenant", "shop")
    assert "No such file" in failed("tenant", "block-type", "add", "x", "none.json", "--tenant", "shop")


def test_what_breaks_a_rule_is_said_in_one_line() -> None:
    done("db", "upgrade")
    done("tenant", "create", "shop")
    assert failed("tenant", "create", "shop") == "Error: There is a tenant shop already."
    assert "A slug has 1 to 63" in failed("tenant", "create", "My Shop")
    assert failed("tenant", "locale", "add", "shop", "x_") == "Error: 'x_' is not a BCP 47 language tag."
    assert failed("tenant", "disable", "nobody") == "Error: There is no such tenant."


def test_a_token_says_whose_it_is_and_how_long_it_holds() -> None:
    token = done("token", "--tenant", "shop", "--role", "author", "--subject", "ann", "--hours", "2", jwt_secret=SECRET)
    claims = jwt.decode(token, OctKey.import_key(SECRET), algorithms=["HS256"]).claims
    assert (claims["sub"], claims["tenant"], claims["role"]) == ("ann", "shop", "author")
    assert claims["exp"] - claims["iat"] == 7_200
    assert run("token", "--role", "king", jwt_secret=SECRET).exit_code == 2
    assert "PAGES_JWT_SECRET" in failed("token")


def test_in_development_tokens_need_no_secret(folder: Path) -> None:
    token = done("token", profile="development")
    secret = (folder / "var" / "development-secret").read_text()
    assert jwt.decode(token, OctKey.import_key(secret), algorithms=["HS256"]).claims["tenant"] == "demo"


def test_the_schema_is_printed_sorted_and_whole() -> None:
    printed = done("schema", "print") + "\n"
    assert printed == sorted_sdl(printed)
    same = lexicographic_sort_schema(build_schema(schema.as_str(), assume_valid_sdl=True))
    assert print_schema(lexicographic_sort_schema(build_schema(printed, assume_valid_sdl=True))) == print_schema(same)
    for directive in ('@key(fields: "id")', "@link("):
        assert printed.count(directive) == schema.as_str().count(directive) > 0


def test_the_exported_schema_is_up_to_date() -> None:
    assert done("schema", "check") == "schema.graphql is up to date."


def test_changes_of_the_schema_are_judged(folder: Path) -> None:
    old, new = folder / "old.graphql", folder / "new.graphql"
    old.write_text("type Query { page: String menu: String }")
    new.write_text("type Query { page: String pages: [String] }")
    assert done("schema", "diff", str(old), str(new)).splitlines() == [
        "breaks: Field Query.menu was removed.",
        "adds: Field Query.pages was added.",
        "breaks 1, endangers 0, adds 1",
    ]
    old.write_text(schema.as_str())
    assert done("schema", "diff", str(old)) == "breaks 0, endangers 0, adds 0"
    for content in (b"type {", b"type Query { page: Page }", b"\xff"):
        new.write_bytes(content)
        assert failed("schema", "diff", str(new)).startswith("Error: This is no schema in SDL. ")


def test_serving_without_a_key_is_refused() -> None:
    assert failed("serve").startswith("Error: Set PAGES_JWT_SECRET or PAGES_JWT_JWKS_URL")
    refused = failed("serve", "--demo", profile="production", jwt_secret=SECRET)
    assert refused == "Error: The demo hands out tokens: it is served in the development profile only."


def ask(url: str, query: str, **headers: str) -> dict[str, object]:
    body = json.dumps({"query": query}).encode()
    given = {"Content-Type": "application/json", **headers}
    with urlopen(Request(url, body, given), timeout=10) as response:
        return json.loads(response.read())


def test_the_demo_is_served_with_a_token_for_each_role() -> None:
    with serving("--demo") as (url, lines):
        assert ask(url, '{ route(path: "/") { statusCode } }') == {"data": {"route": {"statusCode": 200}}}
        tokens = dict(line.split(": ") for line in lines[2:])
        assert list(tokens) == ["super_admin", "admin", "manager", "author", "customer"]
        drafts = "{ pages(stage: DRAFT) { pageInfo { hasNextPage } } }"
        for role, token in tokens.items():
            answer = ask(url, drafts, Authorization=f"Bearer {token}")
            assert ("errors" in answer) is (role == "customer"), role
        with urlopen(Request(url, headers={"Accept": "text/html"}), timeout=10) as page:
            offered = re.findall(r"eyJ[\w-]*\.([\w-]+)\.", page.read().decode())
        claims = [json.loads(urlsafe_b64decode(part + "==")) for part in offered]
        assert [claim["role"] for claim in claims if claim["tenant"] == "demo"] == list(tokens)


def test_production_hands_out_nothing() -> None:
    done("db", "upgrade")
    done("tenant", "create", "shop")
    with serving(jwt_secret=SECRET) as (url, lines):
        assert len(lines) == 1
        assert ask(url, "{ __typename }", **{"X-Tenant-ID": "shop"}) == {"data": {"__typename": "Query"}}
        with pytest.raises(HTTPError, match="400"):
            ask(url, "{ __typename }")
        with urlopen(Request(url, headers={"Accept": "text/html"}), timeout=10) as page:
            assert "eyJ" not in page.read().decode()


def test_a_port_that_is_taken_is_said_without_a_traceback() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [sys.executable, "-m", "pages_graphql", "serve"]
        port = str(taken.getsockname()[1])
        env = {
            **os.environ,
            "PAGES_PORT": port,
            "PAGES_JWT_SECRET": SECRET,
            "PYTHONPATH": str(Path(__file__).parents[1]),
        }
        result = subprocess.run(command, env=env, capture_output=True, text=True, timeout=30, check=False)
    assert result.returncode == 1
    assert "address already in use" in result.stderr
    assert result.stderr.endswith("Error: The service could not start: the log says why.\n")
    assert "Traceback" not in result.stderr
