"""The second wall between tenants: the database itself lets no row point into another tenant."""

import pytest
from sqlalchemy import Table, UniqueConstraint
from sqlmodel import SQLModel

TABLES = [table for name, table in SQLModel.metadata.tables.items() if name != "tenant"]

AMONG_ALL = {"host"}
"""What is unique among all tenants: a host says which of them is meant."""


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_key_begins_with_the_tenant(table: Table) -> None:
    keys = [[*key.columns.keys()] for key in table.constraints if isinstance(key, UniqueConstraint)]
    keys += [[*index.columns.keys()] for index in table.indexes if index.unique]
    assert next(iter(table.primary_key.columns.keys())) == "tenant_id"
    assert [key for key in keys if key[0] != "tenant_id" and not AMONG_ALL.issuperset(key)] == []


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_row_points_at_rows_of_its_own_tenant(table: Table) -> None:
    assert table.foreign_key_constraints
    for key in table.foreign_key_constraints:
        first, target = key.column_keys[0], key.elements[0].column
        assert (first, target.name) == ("tenant_id", "id" if target.table.name == "tenant" else "tenant_id")
        assert key.ondelete is None
