"""Who asks, and what he may do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, StrEnum


class Permission(StrEnum):
    """What an actor may do; `manage` implies the others of its resource, `:own` counts for pages he made."""

    PAGES_CREATE = "pages:create"
    PAGES_READ = "pages:read"
    PAGES_UPDATE = "pages:update"
    PAGES_UPDATE_OWN = "pages:update:own"
    PAGES_DELETE = "pages:delete"
    PAGES_DELETE_OWN = "pages:delete:own"
    PAGES_LIST = "pages:list"
    PAGES_PUBLISH = "pages:publish"
    PAGES_MANAGE = "pages:manage"
    MENUS_CREATE = "menus:create"
    MENUS_READ = "menus:read"
    MENUS_UPDATE = "menus:update"
    MENUS_DELETE = "menus:delete"
    MENUS_LIST = "menus:list"
    MENUS_PUBLISH = "menus:publish"
    MENUS_MANAGE = "menus:manage"
    REDIRECTS_MANAGE = "redirects:manage"

    @property
    def resource(self) -> str:
        """What the permission is about: pages, menus or redirects."""
        return self.value.partition(":")[0]


class Role(StrEnum):
    """A name for a set of permissions, as the platform's tokens carry it."""

    SUPER_ADMIN = "super_admin"
    ADMIN = "admin"
    MANAGER = "manager"
    AUTHOR = "author"
    CUSTOMER = "customer"


_MANAGE = frozenset({Permission.PAGES_MANAGE, Permission.MENUS_MANAGE, Permission.REDIRECTS_MANAGE})
_PUBLISH = frozenset({Permission.PAGES_PUBLISH, Permission.MENUS_PUBLISH})
_OWN = frozenset({Permission.PAGES_UPDATE_OWN, Permission.PAGES_DELETE_OWN})

ROLES: dict[Role, frozenset[Permission]] = {
    Role.SUPER_ADMIN: _MANAGE,
    Role.ADMIN: _MANAGE,
    Role.MANAGER: frozenset(Permission) - _PUBLISH - _OWN - {Permission.PAGES_MANAGE, Permission.MENUS_MANAGE},
    Role.AUTHOR: _OWN | {Permission.PAGES_CREATE},
    Role.CUSTOMER: frozenset(),
}


class Drafts(Enum):
    """Whose drafts an actor may read."""

    NONE = "NONE"
    OWN = "OWN"
    ALL = "ALL"


@dataclass(frozen=True, eq=False)
class Actor:
    """Who asks; nobody in particular where there is no id."""

    id: str | None = None
    permissions: frozenset[Permission] = field(default=frozenset())

    def may(self, permission: Permission, owner: str | None = None) -> bool:
        """Whether he may do it to something of `owner`'s; own scope counts only for his own things."""
        if permission in self.permissions or f"{permission.resource}:manage" in self.permissions:
            return True
        return owner is not None and owner == self.id and f"{permission}:own" in self.permissions

    def might(self, permission: Permission) -> bool:
        """Whether he may do it to anything at all."""
        return self.may(permission, self.id)

    def drafts(self, resource: str) -> Drafts:
        """Whose drafts of pages or menus he may read."""
        update = Permission(f"{resource}:update")
        if self.may(update) or self.may(Permission(f"{resource}:publish")):
            return Drafts.ALL
        return Drafts.OWN if self.might(update) else Drafts.NONE

    def listed(self, permissions: Iterable[Permission], owner: str | None = None) -> list[str]:
        """Those of `permissions` that he has, sorted."""
        return sorted(permission.value for permission in permissions if self.may(permission, owner))


ANONYMOUS = Actor()
