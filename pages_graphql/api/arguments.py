"""Arguments that many root fields share, each described once."""

from typing import Annotated, TypeAlias, TypeVar

import strawberry

from pages_graphql.api.enums import describe
from pages_graphql.core.view import ContentStage

T = TypeVar("T")

describe(
    ContentStage,
    "Which side of a page or a menu is shown.",
    LIVE="What was published.",
    DRAFT="What was saved last; needs a right to drafts.",
)

Id: TypeAlias = Annotated[strawberry.ID, strawberry.argument(description="The id; one that is no UUID finds nothing.")]
Slug: TypeAlias = Annotated[
    str, strawberry.argument(description="One segment of a path, normalised before it is compared.")
]
ParentId: TypeAlias = Annotated[
    strawberry.ID | None, strawberry.argument(description="The page above; left out or null: at the root.")
]
Path: TypeAlias = Annotated[
    str, strawberry.argument(description="The path without its locale's prefix; from ? or # on it is ignored.")
]
Given: TypeAlias = Annotated[T, strawberry.argument(description="What to do, and to what.")]

Filter: TypeAlias = Annotated[T | None, strawberry.argument(description="What must hold of the items; else every one.")]
Ordering: TypeAlias = Annotated[T | None, strawberry.argument(description="What to order by, and which way.")]
OneLocale: TypeAlias = Annotated[str, strawberry.argument(description="One of the tenant's locales.")]
Text: TypeAlias = Annotated[str, strawberry.argument(description="A title, or anything else to make a slug from.")]
ExceptPageId: TypeAlias = Annotated[
    strawberry.ID | None, strawberry.argument(description="A page whose own slug does not count as taken.")
]
Locale: TypeAlias = Annotated[
    str | None, strawberry.argument(description="The language to show, as BCP 47 writes it; else the request's.")
]
Channel: TypeAlias = Annotated[
    str | None, strawberry.argument(description="The channel to show it in; else the request's.")
]
Stage: TypeAlias = Annotated[
    ContentStage | None, strawberry.argument(description="What was published, or drafts; else the request's.")
]
First: TypeAlias = Annotated[
    int | None, strawberry.argument(description="At most so many from the start: 20 where left out, at most 100.")
]
After: TypeAlias = Annotated[str | None, strawberry.argument(description="The cursor to go on from.")]
Last: TypeAlias = Annotated[int | None, strawberry.argument(description="At most so many from the end.")]
Before: TypeAlias = Annotated[str | None, strawberry.argument(description="The cursor to go back from.")]
