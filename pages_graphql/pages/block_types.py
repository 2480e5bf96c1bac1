"""The blocks of a page, as the graph shows them: a type per type of block."""

from typing import Any

import strawberry
from strawberry.scalars import JSON

from pages_graphql.api.fields import Shown, column, derived, key
from pages_graphql.api.stubs import Product
from pages_graphql.core.view import Source
from pages_graphql.pages import shown
from pages_graphql.pages.blocks import BlockTypeRow
from pages_graphql.pages.parts import PageBody, PageImage, PageLink
from pages_graphql.pages.repository.rows import PageRow

_TITLE = "The words above it."
_DESCRIPTION = "A few sentences about it."


@strawberry.type(description="What is different in a block in one locale.")
class PageBlockOverride(Shown[PageRow]):
    """A difference in one locale."""

    locale: str = key("locale", "The locale of the difference.")
    data: JSON = key("data", "What is laid over the shared data.")


@strawberry.interface(description="A piece of a page.")
class PageBlock(Shown[PageRow]):
    """A piece of a page."""

    id: strawberry.ID = key("id", "Stable over edits.")
    type: str = key("type", "The name of its type.")
    data: JSON = key("served", "Merged for the locale shown and sanitised.")
    shared_data: JSON | None = derived(shown.shared_data, "As stored, for forms; null without the right to edit.")
    overrides: list[PageBlockOverride] | None = derived(
        shown.overrides, "What differs by locale, as stored; null without the right to edit."
    )

    @classmethod
    def pick(cls, source: Source[Any]) -> "type[PageBlock]":
        """The type that shows this type of block."""
        return BLOCKS.get(source.document["type"], PageCustomBlock)


@strawberry.type(description="A large opening: a title over a picture, with a call to act.")
class PageHeroBlock(PageBlock):
    """A large opening."""

    title: str | None = key("data.title", "The large words.")
    subtitle: str | None = key("data.subtitle", "The smaller words.")
    background_image: PageImage | None = key("data.backgroundImage", "The picture behind the words.")
    cta: PageLink | None = key("data.cta", "The call to act.")


@strawberry.type(description="A block of rich text.")
class PageTextBlock(PageBlock):
    """Rich text."""

    text: PageBody | None = key("text", "The text in the locale shown.")


@strawberry.type(description="A picture, which may lead somewhere.")
class PageImageBlock(PageBlock):
    """A picture."""

    image: PageImage | None = key("data.image", "The picture itself.")
    link: PageLink | None = key("data.link", "Where a click on it leads.")


@strawberry.type(description="Pictures beside each other.")
class PageGalleryBlock(PageBlock):
    """Pictures."""

    title: str | None = key("data.title", _TITLE)
    images: list[PageImage] = derived(shown.listed("data.images"), "The pictures, in order.")


@strawberry.type(description="A call to act.")
class PageCtaBlock(PageBlock):
    """A call to act."""

    title: str | None = key("data.title", _TITLE)
    description: str | None = key("data.description", _DESCRIPTION)
    cta: PageLink | None = key("data.cta", "The call to act.")


@strawberry.type(description="Something that speaks for the thing.")
class PageFeature(Shown[PageRow]):
    """A feature."""

    title: str | None = key("title", "Its name in a few words.")
    description: str | None = key("description", _DESCRIPTION)
    icon: str | None = key("icon", "The name of a sign that the app knows.")


@strawberry.type(description="What speaks for the thing, point by point.")
class PageFeaturesBlock(PageBlock):
    """Features."""

    title: str | None = key("data.title", _TITLE)
    features: list[PageFeature] = derived(shown.listed("data.features"), "The points, in order.")


@strawberry.type(description="What somebody says of it.")
class PageTestimonial(Shown[PageRow]):
    """What somebody says."""

    quote: str | None = key("quote", "The words said.")
    author_name: str | None = key("authorName", "Who said them.")
    role: str | None = key("role", "What the author does, and where.")


@strawberry.type(description="What others say of it.")
class PageTestimonialsBlock(PageBlock):
    """Testimonials."""

    title: str | None = key("data.title", _TITLE)
    testimonials: list[PageTestimonial] = derived(shown.listed("data.testimonials"), "The voices, in order.")


@strawberry.type(description="What is to be had at a price.")
class PagePricingPlan(Shown[PageRow]):
    """A plan."""

    name: str | None = key("name", "What the plan is called.")
    price: str | None = key("price", "The price as it is shown, with its currency.")
    period: str | None = key("period", "For how long it is paid: a month, a year.")
    features: list[str] = derived(shown.plan_features, "What is in it, point by point.")
    cta: PageLink | None = key("cta", "The call to choose it.")


@strawberry.type(description="What it costs, plan by plan.")
class PagePricingBlock(PageBlock):
    """Prices."""

    title: str | None = key("data.title", _TITLE)
    plans: list[PagePricingPlan] = derived(shown.listed("data.plans"), "The plans, in order.")


@strawberry.type(description="A question with its answer.")
class PageFaqQuestion(Shown[PageRow]):
    """A question with its answer."""

    question: str | None = key("question", "What is asked.")
    answer: str | None = key("answer", "What is to be said to it.")


@strawberry.type(description="Questions with their answers.")
class PageFaqBlock(PageBlock):
    """Questions with their answers."""

    title: str | None = key("data.title", _TITLE)
    questions: list[PageFaqQuestion] = derived(shown.listed("data.questions"), "The questions, in order.")


@strawberry.type(description="How to reach somebody.")
class PageContactBlock(PageBlock):
    """How to reach somebody."""

    title: str | None = key("data.title", _TITLE)
    description: str | None = key("data.description", _DESCRIPTION)
    email: str | None = key("data.email", "The address to write an email to.")
    phone: str | None = key("data.phone", "The number to call.")
    address: str | None = key("data.address", "The place to go to, line by line.")


@strawberry.type(description="Products beside each other.")
class PageProductGridBlock(PageBlock):
    """Products."""

    title: str | None = key("data.title", _TITLE)
    products: list[Product | None] = derived(shown.listed("data.productIds"), "The products, in order.")


@strawberry.type(description="A form to subscribe to a newsletter.")
class PageNewsletterBlock(PageBlock):
    """A newsletter."""

    title: str | None = key("data.title", _TITLE)
    description: str | None = key("data.description", _DESCRIPTION)
    submit_label: str | None = key("data.submitLabel", "The words on the button.")


@strawberry.type(description="A video at YouTube or Vimeo.")
class PageVideoBlock(PageBlock):
    """A video."""

    title: str | None = key("data.title", _TITLE)
    provider: str | None = derived(shown.provider, "Who shows it: youtube or vimeo.")
    url: str | None = key("data.url", "The address of the video.")


@strawberry.type(description="HTML that an editor wrote.")
class PageHtmlBlock(PageBlock):
    """HTML."""

    html: str | None = key("text.html", "The HTML, always sanitised.")


@strawberry.type(description="Empty space between blocks.")
class PageSpacerBlock(PageBlock):
    """Empty space."""

    size: str | None = key("data.size", "How large, in the app's own measure: small, medium, large.")
    height_px: int | None = key("data.heightPx", "How many pixels high.")


@strawberry.type(description="A block of a type that the tenant made; all of it is in its data.")
class PageCustomBlock(PageBlock):
    """A block of the tenant's own type."""


BLOCKS: dict[str, type[PageBlock]] = {
    "hero": PageHeroBlock,
    "text": PageTextBlock,
    "image": PageImageBlock,
    "gallery": PageGalleryBlock,
    "cta": PageCtaBlock,
    "features": PageFeaturesBlock,
    "testimonials": PageTestimonialsBlock,
    "pricing": PagePricingBlock,
    "faq": PageFaqBlock,
    "contact": PageContactBlock,
    "product_grid": PageProductGridBlock,
    "newsletter": PageNewsletterBlock,
    "video": PageVideoBlock,
    "html": PageHtmlBlock,
    "spacer": PageSpacerBlock,
}


@strawberry.type(description="A type of block that pages may have.")
class PageBlockType(Shown[BlockTypeRow]):
    """A type of block."""

    name: str = column("name", "What blocks of it say as their type.")
    description: str = column("description", "What it is for.")
    json_schema: JSON = column("json_schema", "The JSON Schema of `data`, for forms and generated types.")
    is_custom: bool = column("is_custom", "Whether the tenant made it.")
