"""A tenant's own facts: its locales, its channels, the addresses they make, and its types of block."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from pages_graphql.core import locale as bcp47
from pages_graphql.core.json_schema import JsonSchema
from pages_graphql.core.paths import encode


@dataclass(frozen=True)
class Locale:
    """A language the tenant writes in."""

    locale: str
    url_prefix: str = ""
    fallbacks: tuple[str, ...] = ()
    is_default: bool = False


@dataclass(frozen=True)
class Channel:
    """A place where the tenant's content is shown."""

    slug: str
    name: str
    base_url: str | None = None
    is_default: bool = False


@dataclass(frozen=True)
class BlockType:
    """A type of block that the tenant made; `json_schema` is the text of the schema of its data."""

    name: str
    description: str
    json_schema: str

    @cached_property
    def schema(self) -> JsonSchema:
        """The schema, ready to check data."""
        return JsonSchema(self.json_schema)


@dataclass(frozen=True, eq=False)
class Tenant:
    """Whose content it is; one object is kept per state of a tenant, and compared by identity."""

    id: UUID
    slug: str
    name: str
    locales: tuple[Locale, ...]
    channels: tuple[Channel, ...]
    is_enabled: bool = True
    block_types: tuple[BlockType, ...] = ()

    @cached_property
    def by_locale(self) -> Mapping[str, Locale]:
        """The locales by their tag, in the tenant's order."""
        return {locale.locale: locale for locale in self.locales}

    @cached_property
    def by_channel(self) -> Mapping[str, Channel]:
        """The channels by their slug, in the tenant's order."""
        return {channel.slug: channel for channel in self.channels}

    @cached_property
    def by_block_type(self) -> Mapping[str, BlockType]:
        """The tenant's own types of block by their name."""
        return {block_type.name: block_type for block_type in self.block_types}

    @cached_property
    def default_locale(self) -> str:
        """The locale that stands in for all others."""
        return next((locale.locale for locale in self.locales if locale.is_default), self.locales[0].locale)

    @cached_property
    def default_channel(self) -> str | None:
        """The channel of a request that names none."""
        return next((channel.slug for channel in self.channels if channel.is_default), None)

    @cached_property
    def _chains(self) -> dict[str, tuple[str, ...]]:
        return {}

    def chain(self, locale: str) -> tuple[str, ...]:
        """The locales to show something in, best first, where `locale` is asked for."""
        if locale not in self._chains:
            fallbacks = {known.locale: known.fallbacks for known in self.locales}
            chain = bcp47.chain(locale, fallbacks, self.default_locale, list(self.by_locale))
            if locale not in self.by_locale:
                return chain  # asked by strangers: not kept, or they could fill the memory
            self._chains[locale] = chain
        return self._chains[locale]

    def address(self, path: str, locale: str) -> str:
        """The path of a URL: prefix and path, percent-encoded."""
        known = self.by_locale.get(locale)
        prefix = known.url_prefix if known else ""
        return prefix if prefix and path == "/" else prefix + encode(path)

    @cached_property
    def _bases(self) -> Mapping[str | None, str]:
        """Where URLs begin in each channel that has them."""
        return {known.slug: known.base_url.rstrip("/") for known in self.channels if known.base_url is not None}

    def url(self, path: str, locale: str, channel: str | None) -> str | None:
        """The whole URL in a channel; None where that has no base URL."""
        base = self._bases.get(channel)
        return None if base is None else base + self.address(path, locale)
