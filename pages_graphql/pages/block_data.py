"""The fifteen types of block that every tenant has: a model of the data of each, and where its rich text is."""

import re
from typing import Annotated, ClassVar, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from pages_graphql.core.inputs import Input
from pages_graphql.pages.content import Body, Id, Image, Line, Link, Url

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+")
_PHONE = re.compile(r"\+?[0-9 ()./-]+")
_PHONE_DIGITS = range(3, 21)

_HOSTS = {
    **dict.fromkeys(
        ("youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com", "youtu.be"), "youtube"
    ),
    **dict.fromkeys(("vimeo.com", "www.vimeo.com", "player.vimeo.com"), "vimeo"),
}


def video_provider(url: str) -> str | None:
    """Who shows the video at a URL: youtube or vimeo; None for any other URL."""
    parts = urlsplit(url)
    is_video = parts.scheme == "https" and parts.path.strip("/") != ""
    return _HOSTS.get(parts.netloc.lower()) if is_video else None


def _video(url: str) -> str:
    if video_provider(url) is None:
        raise ValueError("A video is at an https address of YouTube or Vimeo.")
    return url


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise ValueError("This is no email address.")
    return value


def _phone(value: str) -> str:
    if not _PHONE.fullmatch(value) or sum(map(str.isdigit, value)) not in _PHONE_DIGITS:
        raise ValueError("A phone number is digits, with spaces and ()./- between them and + before.")
    return value


Words = Annotated[str, Field(min_length=1, max_length=1_000)]
Prose = Annotated[str, Field(max_length=10_000)]
Email = Annotated[str, Field(max_length=254, json_schema_extra={"format": "email"}), AfterValidator(_email)]
Phone = Annotated[str, Field(max_length=40), AfterValidator(_phone)]
VideoUrl = Annotated[Url, Field(json_schema_extra={"format": "uri"}), AfterValidator(_video)]


class BlockData(Input):
    """The data of a block."""

    rich_text: ClassVar[str | None] = None
    """The name of the part that is rich text, where there is one."""


class Hero(BlockData):
    """A large opening: a title over a picture, with a call to act."""

    title: Words
    subtitle: Line | None = None
    background_image: Image | None = None
    cta: Link | None = None


class Text(BlockData):
    """Rich text."""

    rich_text = "text"

    text: Body


class Picture(BlockData):
    """A picture, which may lead somewhere."""

    image: Image
    link: Link | None = None


class Gallery(BlockData):
    """Pictures beside each other."""

    title: Line | None = None
    images: list[Image] = Field(min_length=1)


class Cta(BlockData):
    """A call to act."""

    title: Line | None = None
    description: Prose | None = None
    cta: Link


class Feature(Input):
    """Something that speaks for the thing."""

    title: Words
    description: Prose | None = None
    icon: Line | None = None


class Features(BlockData):
    """What speaks for the thing, point by point."""

    title: Line | None = None
    features: list[Feature] = Field(min_length=1)


class Testimonial(Input):
    """What somebody says of it."""

    quote: Annotated[Prose, Field(min_length=1)]
    author_name: Line | None = None
    role: Line | None = None


class Testimonials(BlockData):
    """What others say of it."""

    title: Line | None = None
    testimonials: list[Testimonial] = Field(min_length=1)


class Plan(Input):
    """What is to be had at a price."""

    name: Words
    price: Line | None = None
    period: Line | None = None
    features: list[Line] | None = None
    cta: Link | None = None


class Pricing(BlockData):
    """What it costs, plan by plan."""

    title: Line | None = None
    plans: list[Plan] = Field(min_length=1)


class Question(Input):
    """A question with its answer."""

    question: Words
    answer: Annotated[Prose, Field(min_length=1)]


class Faq(BlockData):
    """Questions with their answers."""

    title: Line | None = None
    questions: list[Question] = Field(min_length=1)


class Contact(BlockData):
    """How to reach somebody."""

    title: Line | None = None
    description: Prose | None = None
    email: Email | None = None
    phone: Phone | None = None
    address: Prose | None = None


class ProductGrid(BlockData):
    """Products beside each other."""

    title: Line | None = None
    product_ids: list[Id] = Field(min_length=1)


class Newsletter(BlockData):
    """A form to subscribe to a newsletter."""

    title: Line | None = None
    description: Prose | None = None
    submit_label: Line | None = None


class Video(BlockData):
    """A video at YouTube or Vimeo."""

    title: Line | None = None
    provider: Literal["youtube", "vimeo"] | None = None
    url: VideoUrl

    @model_validator(mode="after")
    def _is_the_providers(self) -> Self:
        if self.provider not in (None, video_provider(self.url)):
            raise ValueError("`url` is an address of another provider than `provider`.")
        return self


class Html(BlockData):
    """HTML as it is written; what could harm is never served."""

    rich_text = "html"

    html: Annotated[str, Field(min_length=1, json_schema_extra={"contentMediaType": "text/html"})]


class Spacer(BlockData):
    """Empty space: of a size that the app knows, or so many pixels high."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["size"]}, {"required": ["heightPx"]}]})

    size: Literal["small", "medium", "large"] | None = None
    height_px: int | None = Field(default=None, ge=1, le=1_000)

    @model_validator(mode="after")
    def _has_a_size(self) -> Self:
        if self.size is None and self.height_px is None:
            raise ValueError("A spacer needs `size` or `heightPx`.")
        return self


DATA: dict[str, type[BlockData]] = {
    "hero": Hero,
    "text": Text,
    "image": Picture,
    "gallery": Gallery,
    "cta": Cta,
    "features": Features,
    "testimonials": Testimonials,
    "pricing": Pricing,
    "faq": Faq,
    "contact": Contact,
    "product_grid": ProductGrid,
    "newsletter": Newsletter,
    "video": Video,
    "html": Html,
    "spacer": Spacer,
}
