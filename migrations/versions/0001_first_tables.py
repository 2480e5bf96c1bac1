"""First tables: tenants, pages, menus, routes and the outbox."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BYTEWISE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
LATE = {"deferrable": True, "initially": "DEFERRED"}
POINTERS = ("draft_revision", "live_revision")


def needed(name: str, kind: Any = sa.String) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def optional(name: str, kind: Any = sa.String) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def in_tenant(table: str, *key: str) -> list[Any]:
    """The tenant's id, which leads the key."""
    return [
        needed("tenant_id", sa.Uuid),
        sa.PrimaryKeyConstraint("tenant_id", *key, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=f"fk_{table}_tenant_id"),
    ]


def belongs_to(table: str, other: str, column: str) -> sa.ForeignKeyConstraint:
    """A foreign key that cannot leave the tenant."""
    there = [f"{other}.tenant_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(["tenant_id", column], there, name=f"fk_{table}_tenant_id_{column}")


def document_columns() -> list[sa.Column[Any]]:
    return [
        needed("id", sa.Uuid),
        optional("author_id"),
        needed("version", sa.Integer),
        needed("sequence", sa.Integer),
        needed("last_revision", sa.Integer),
        needed("draft_revision", sa.Integer),
        needed("draft_hash"),
        optional("live_revision", sa.Integer),
        optional("live_hash"),
        needed("created_at", MOMENT),
        needed("updated_at", MOMENT),
        optional("live_updated_at", MOMENT),
        optional("published_at", MOMENT),
        optional("first_published_at", MOMENT),
    ]


def create_document(kind: str, *parts: Any) -> None:
    """A document's table and its revisions', which point at each other."""
    inline = op.get_bind().dialect.name == "sqlite"  # it adds no foreign key to a table that is there
    columns = {pointer: ["tenant_id", "id", pointer] for pointer in POINTERS}
    there = ["tenant_id", f"{kind}_id", "number"]
    pointers = [
        sa.ForeignKeyConstraint(
            columns[pointer],
            [f"{kind}_revision.{name}" for name in there],
            name=f"fk_{kind}_tenant_id_id_{pointer}",
            **LATE,
        )
        for pointer in POINTERS
    ]
    op.create_table(kind, *in_tenant(kind, "id"), *document_columns(), *parts, *(pointers if inline else ()))
    op.create_table(
        f"{kind}_revision",
        *in_tenant(f"{kind}_revision", f"{kind}_id", "number"),
        needed(f"{kind}_id", sa.Uuid),
        needed("number", sa.Integer),
        needed("schema_version", sa.Integer),
        needed("content_hash"),
        needed("renderer", sa.Integer),
        optional("author_id"),
        optional("note"),
        needed("created_at", MOMENT),
        # Long texts stand last: SQLite reads through them to what stands behind.
        needed("stamps"),
        needed("content"),
        needed("rendered"),
        belongs_to(f"{kind}_revision", kind, f"{kind}_id"),
    )
    for pointer in () if inline else POINTERS:
        name = f"fk_{kind}_tenant_id_id_{pointer}"
        op.create_foreign_key(name, kind, f"{kind}_revision", columns[pointer], there, **LATE)


def create_publication(kind: str) -> None:
    op.create_table(
        f"{kind}_publication",
        *in_tenant(f"{kind}_publication", f"{kind}_id", "number"),
        needed("number", sa.Integer),
        needed("revision", sa.Integer),
        needed("from_at", MOMENT),
        optional("until_at", MOMENT),
        optional("published_by"),
        optional("note"),
        needed(f"{kind}_id", sa.Uuid),
        belongs_to(f"{kind}_publication", kind, f"{kind}_id"),
    )


def create_tenants() -> None:
    op.create_table(
        "tenant",
        needed("id", sa.Uuid),
        needed("slug"),
        needed("name"),
        needed("is_enabled", sa.Boolean),
        needed("created_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_tenant"),
        sa.UniqueConstraint("slug", name="uq_tenant_slug"),
    )
    op.create_table(
        "tenant_locale",
        *in_tenant("tenant_locale", "locale"),
        needed("locale"),
        needed("position", sa.Integer),
        needed("url_prefix"),
        needed("fallbacks"),
        needed("is_default", sa.Boolean),
    )
    op.create_table(
        "tenant_channel",
        *in_tenant("tenant_channel", "slug"),
        needed("slug"),
        needed("position", sa.Integer),
        needed("name"),
        optional("base_url"),
        needed("is_default", sa.Boolean),
    )
    op.create_table(
        "tenant_host",
        *in_tenant("tenant_host", "host"),
        needed("host"),
        sa.UniqueConstraint("host", name="uq_tenant_host_host"),
    )


def create_block_types() -> None:
    op.create_table(
        "tenant_block_type",
        *in_tenant("tenant_block_type", "name"),
        needed("name"),
        needed("description"),
        needed("json_schema"),
        needed("created_at", MOMENT),
    )


def create_pages() -> None:
    create_document(
        "page",
        optional("parent_id", sa.Uuid),
        needed("position", sa.Integer),
        needed("template"),
        needed("channels"),
        needed("is_home", sa.Boolean),
        optional("archived_at", MOMENT),
        belongs_to("page", "page", "parent_id"),
    )
    op.create_index("ix_page_tenant_id_parent_id_position_id", "page", ["tenant_id", "parent_id", "position", "id"])
    op.create_index("ix_page_tenant_id_position_id", "page", ["tenant_id", "position", "id"])
    op.create_index(
        "uq_page_home",
        "page",
        ["tenant_id"],
        unique=True,
        sqlite_where=sa.text("is_home = 1"),  # the very words of a question, or SQLite finds no use for it
        postgresql_where=sa.text("is_home"),
    )
    create_publication("page")
    op.create_table(
        "page_text",
        *in_tenant("page_text", "page_id", "stage", "locale"),
        needed("page_id", sa.Uuid),
        needed("stage"),
        needed("locale"),
        needed("title"),
        needed("sort_title", BYTEWISE),
        needed("slug", BYTEWISE),
        belongs_to("page_text", "page", "page_id"),
    )


def create_menus() -> None:
    handle = sa.UniqueConstraint("tenant_id", "handle", name="uq_menu_tenant_id_handle")
    create_document("menu", needed("handle", BYTEWISE), handle)
    create_publication("menu")
    op.create_table(
        "menu_binding",
        *in_tenant("menu_binding", "channel", "location"),
        needed("channel"),
        needed("location"),
        needed("menu_id", sa.Uuid),
        belongs_to("menu_binding", "menu", "menu_id"),
    )
    op.create_index("ix_menu_binding_tenant_id_menu_id", "menu_binding", ["tenant_id", "menu_id"])


def create_routes() -> None:
    op.create_table(
        "slug_claim",
        *in_tenant("slug_claim", "parent_key", "slug", "locale"),
        needed("parent_key", sa.Uuid),
        needed("locale", BYTEWISE),
        needed("slug", BYTEWISE),
        needed("page_id", sa.Uuid),
        needed("in_draft", sa.Boolean),
        needed("in_live", sa.Boolean),
    )
    op.create_index("ix_slug_claim_tenant_id_page_id", "slug_claim", ["tenant_id", "page_id"])
    op.create_table(
        "route",
        *in_tenant("route", "locale", "path"),
        needed("locale", BYTEWISE),
        needed("path", BYTEWISE),
        needed("page_id", sa.Uuid),
        needed("is_current", sa.Boolean),
        optional("gone_at", MOMENT),
        needed("changed_at", MOMENT),
    )
    op.create_index("ix_route_tenant_id_page_id", "route", ["tenant_id", "page_id"])
    source = ("from_path", "locale", "is_prefix")
    op.create_table(
        "redirect",
        *in_tenant("redirect", "id"),
        needed("id", sa.Uuid),
        needed("from_path", BYTEWISE),
        needed("locale", BYTEWISE),
        needed("is_prefix", sa.Boolean),
        needed("status_code", sa.Integer),
        needed("origin"),
        optional("page_id", sa.Uuid),
        optional("url"),
        needed("version", sa.Integer),
        needed("sequence", sa.Integer),
        needed("created_at", MOMENT),
        optional("created_by"),
        sa.UniqueConstraint("tenant_id", *source, name="uq_redirect_tenant_id_from_path_locale_is_prefix"),
    )
    op.create_index("ix_redirect_tenant_id_page_id", "redirect", ["tenant_id", "page_id"])


def create_references() -> None:
    op.create_table(
        "reference",
        *in_tenant("reference", "source_kind", "source_id", "stage", "path"),
        needed("source_kind"),
        needed("source_id", sa.Uuid),
        needed("stage"),
        needed("path"),
        needed("target_kind"),
        needed("target_id"),
    )
    target = ["tenant_id", "target_kind", "target_id"]
    op.create_index("ix_reference_tenant_id_target_kind_target_id", "reference", target)


def create_outbox() -> None:
    op.create_table(
        "outbox",
        *in_tenant("outbox", "id"),
        needed("id", sa.Uuid),
        needed("type"),
        needed("subject", sa.Uuid),
        needed("sequence", sa.Integer),
        needed("time", MOMENT),
        optional("actor_id"),
        needed("trace"),
        needed("data"),
        sa.UniqueConstraint("tenant_id", "subject", "sequence", name="uq_outbox_tenant_id_subject_sequence"),
    )


def create_imports() -> None:
    op.create_table(
        "import_source",
        *in_tenant("import_source", "source", "kind", "source_id"),
        needed("source", BYTEWISE),
        needed("kind"),
        needed("source_id", BYTEWISE),
        needed("target_id", sa.Uuid),
        needed("hash"),
    )


def plan_for_the_largest_tenant() -> None:
    """Let PostgreSQL's plans, which are for any tenant, be for the one with most rows, not for one as tenants are on the average."""
    inspector = sa.inspect(op.get_bind())
    for table in inspector.get_table_names():
        if "tenant_id" in {column["name"] for column in inspector.get_columns(table)}:
            op.execute(f"ALTER TABLE {table} ALTER tenant_id SET (n_distinct = 1)")


def upgrade() -> None:
    create_tenants()
    create_block_types()
    create_pages()
    create_menus()
    create_routes()
    create_references()
    create_outbox()
    create_imports()
    if op.get_bind().dialect.name == "postgresql":
        plan_for_the_largest_tenant()


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for kind in ("page", "menu"):
            for pointer in POINTERS:
                op.drop_constraint(f"fk_{kind}_tenant_id_id_{pointer}", kind)
    for kind in ("page", "menu"):
        op.drop_table(f"{kind}_publication")
        op.drop_table(f"{kind}_revision")
    for table in (
        "import_source",
        "menu_binding",
        "menu",
        "page_text",
        "page",
        "slug_claim",
        "route",
        "redirect",
        "reference",
        "outbox",
    ):
        op.drop_table(table)
    for table in ("tenant_block_type", "tenant_host", "tenant_channel", "tenant_locale", "tenant"):
        op.drop_table(table)
