import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.postgres import Postgres

COMPOSE = Path(__file__).parents[1] / "compose.yaml"

KILLED = """
import os, signal
from tests.postgres import serve
with serve() as server:
    server.wait()
    print(server.folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def ask(url: str, statement: str) -> list[tuple[object, ...]]:
    address = make_url(url)
    host = str(address.query["host"])
    with psycopg.connect(host=host, user=address.username, dbname=address.database) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def test_a_clone_has_what_its_template_has_and_keeps_its_changes_to_itself(postgres: Postgres, worker_id: str) -> None:
    template = f"template_{worker_id}"
    ask(postgres.create(template), "CREATE TABLE word AS SELECT 'first' AS text")
    with postgres.clone(template) as one, postgres.clone(template) as other:
        ask(one, "INSERT INTO word VALUES ('second')")
        assert ask(one, "SELECT text FROM word ORDER BY 1") == [("first",), ("second",)]
        assert ask(other, "SELECT text FROM word") == [("first",)]
    assert ask(postgres.url(template), "SELECT text FROM word") == [("first",)]
    postgres.drop(template)


def test_is_the_version_that_is_deployed(postgres: Postgres) -> None:
    [(version,)] = ask(postgres.url("postgres"), "SHOW server_version_num")
    image = next(line for line in COMPOSE.read_text().splitlines() if "image: postgres" in line)
    assert f"postgres:{int(str(version)) // 10000}" in image


def test_a_run_that_is_killed_leaves_nothing_behind() -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    folder = Path(killed.stdout.strip())
    end = time.monotonic() + 30
    while folder.exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not folder.exists()
