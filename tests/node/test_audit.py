"""The service passes the audits of GraphQL over HTTP, every one."""

import json

from tests.node.graph import Service
from tests.node.processes import output, script


def test_all_audits_of_graphql_over_http_are_passed(pages: Service) -> None:
    results = json.loads(output(script("audit.mjs", pages.url)))
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == 61
