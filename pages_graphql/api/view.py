"""The View of a field: the request's, with what the field's arguments say."""

from pages_graphql.api.inputs import known
from pages_graphql.core import locale as bcp47
from pages_graphql.core.access import Drafts
from pages_graphql.core.errors import denied, wrong_argument
from pages_graphql.core.view import ContentStage, View

VIEW = {
    "locale": "The language to show, as BCP 47 writes it; the request's where left out.",
    "channel": "The channel to show it in; the request's where left out.",
    "stage": "What was published, or drafts; the request's where left out.",
}
"""What the three arguments of a View say of themselves."""


def narrowed(view: View, resource: str, locale: str | None, channel: str | None, stage: ContentStage | None) -> View:
    """The View that a field on pages or menus shows; a wrong argument or a stage without a right ends the field."""
    changes: dict[str, object] = {}
    if (given := known(locale)) is not None:
        changes["locale"] = known_locale(given)
    if (given := known(channel)) is not None:
        changes["channel"] = known_channel(view, given)
    if stage:
        changes["stage"] = stage
    return permitted(view.but(**changes), resource)


def known_locale(locale: str) -> str:
    """The locale, normalised; one that the tenant lacks falls back, one that is none is an error."""
    try:
        return bcp47.normalise(locale)
    except ValueError:
        raise wrong_argument(f"“{locale[:40]}” is no locale: write it as BCP 47 does, like en or pt-BR.") from None


def known_channel(view: View, channel: str) -> str:
    """The channel, which the tenant has."""
    if channel not in view.tenant.by_channel:
        raise wrong_argument(f"There is no channel “{channel[:40]}”.")
    return channel


def permitted(view: View, resource: str) -> View:
    """The View, where its stage is one that the actor may see."""
    if view.stage is ContentStage.DRAFT and view.actor.drafts(resource) is Drafts.NONE:
        raise denied(f"{resource}:update", known=view.actor.id is not None)
    return view
