"""Arguments that many root fields share, each described once."""

from typing import Annotated, TypeAlias

import strawberry

from pages_graphql.core.view import ContentStage

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
