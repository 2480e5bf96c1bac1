"""The parts of a page, as the graph shows them: texts, pictures, links, what robots are told."""

import strawberry
from strawberry.scalars import JSON

from pages_graphql.api.enums import describe
from pages_graphql.api.fields import Shown, derived, key, relation
from pages_graphql.api.stubs import Media
from pages_graphql.documents.render import PageBodyFormat
from pages_graphql.documents.types import LazyPage
from pages_graphql.pages import shown
from pages_graphql.pages.repository import links
from pages_graphql.pages.repository.by_ids import by_ids
from pages_graphql.pages.repository.rows import PageRow

describe(
    PageBodyFormat,
    "How a text is written.",
    MARKDOWN="CommonMark, with tables and strikethrough.",
    HTML="HTML; what could harm is never served.",
    PLAIN="Plain text, shown as it is.",
)


@strawberry.type(description="A text, as written and as shown.")
class PageBody(Shown[PageRow]):
    """A text."""

    format: PageBodyFormat = derived(shown.body_format, "How the text is written.")
    content: str = derived(shown.content, "The text as written; in stage LIVE an HTML source is sanitised.")
    html: str = key("html", "The text as HTML, always sanitised.")
    excerpt: str = derived(shown.excerpt, "The first words, without markup.", length="At most so many characters.")
    word_count: int = key("words", "How many words the text has.")
    reading_minutes: int = derived(shown.reading_minutes, "How many minutes reading takes, at 200 words a minute.")


@strawberry.type(description="A picture: an address, or a file of the media module.")
class PageImage(Shown[PageRow]):
    """A picture."""

    src: str | None = key("src", "The address of the picture.")
    alt: str | None = key("alt", "What it shows, for who cannot see it.")
    caption: str | None = key("caption", "A line to stand below it.")
    width: int | None = key("width", "Pixels across.")
    height: int | None = key("height", "Pixels down.")
    media: Media | None = key("mediaId", "The file in the media module.")


@strawberry.type(description="Where a click leads: a page, or another address.")
class PageLink(Shown[PageRow]):
    """Where a click leads."""

    label: str | None = key("label", "The words to click on.")
    url: str | None = relation(
        links.link_urls,
        shown.link_key,
        "Where it leads; of a page its address in the View, which follows renames, or null where the View hides it.",
    )
    page: LazyPage | None = relation(
        by_ids, shown.linked_page, "The page that it leads to, where it leads to one that the View shows."
    )


@strawberry.type(description="What other sites show of a link to the page, by the Open Graph protocol.")
class PageOpenGraph(Shown[PageRow]):
    """What other sites show."""

    title: str = derived(shown.og_title, "The title that other sites show.")
    description: str | None = derived(shown.og_description, "A sentence or two.")
    type: str = derived(shown.og_type, "What sort of thing the page is: website, article.")
    locale: str = derived(shown.og_locale, "The locale with an underscore: pt_BR.")
    image: PageImage | None = derived(shown.og_image, "The picture that other sites show.")


@strawberry.type(description="What search engines and other sites are told; derived where nothing is stored.")
class PageSeo(Shown[PageRow]):
    """What search engines are told."""

    title: str = derived(shown.seo_title, "The title of the window and of search results.")
    description: str | None = derived(shown.seo_description, "A sentence or two for search results.")
    canonical_url: str | None = derived(shown.seo_canonical_url, "The address that search engines should keep.")
    robots: str = derived(shown.seo_robots, "What robots may do.")
    image: PageImage | None = key("seo.image", "A picture for search results.")
    open_graph: PageOpenGraph = key("", "What other sites show.")
    stored: JSON | None = derived(shown.seo_stored, "What is stored, for forms; null without the right to edit.")
