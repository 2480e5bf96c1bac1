"""Whether a slug can be used, as the graph shows it."""

import strawberry

from pages_graphql.api.enums import describe
from pages_graphql.api.fields import Shown, column, relation
from pages_graphql.pages.repository.by_ids import by_ids
from pages_graphql.pages.repository.slugs import Availability, PageSlugUnavailableReason
from pages_graphql.pages.types import Page

describe(
    PageSlugUnavailableReason,
    "Why a slug cannot be used.",
    TAKEN="Another page has it under this parent.",
    TAKEN_BY_FALLBACK="Its path is another page's, by a fallback segment.",
    INVALID="Nothing of it is left, or it is too long.",
)


@strawberry.type(description="Whether a slug can be used under a parent, in a locale.")
class PageSlugAvailability(Shown[Availability]):
    """Whether a slug can be used."""

    slug: str = column("slug", "The slug, normalised.")
    locale: str = column("locale", "The locale it was asked in.")
    is_available: bool = column("is_available", "Whether it can be used.")
    reason: PageSlugUnavailableReason | None = column("reason", "Why it cannot.")
    taken_by: Page | None = relation(by_ids, "taken_by", "Who has it; null where the caller may not see it.")
    suggestion: str = column("suggestion", "A slug that is free: the same where it is.")
