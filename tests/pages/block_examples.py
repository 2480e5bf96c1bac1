"""A block of every type: what is written, what the graph is asked, and what it answers."""

from collections.abc import Iterator
from typing import Any, NamedTuple

URL = "https://shop.example/a?b=c#d"
IMAGE = {"src": "/a.png", "alt": "A", "caption": "An A", "width": 4, "height": 3}
LINK = {"label": "Go", "url": URL}
IMAGE_FIELDS = "src alt caption width height media { id }"
LINK_FIELDS = "label url page { id }"
SHOWN_IMAGE = {**IMAGE, "media": None}
SHOWN_LINK = {**LINK, "page": None}


class Example(NamedTuple):
    """A block: its data, the fields of its type, what these answer, and which of the data is required."""

    type: str
    name: str
    data: dict[str, Any]
    fields: str
    shown: dict[str, Any]
    required: tuple[str, ...] = ()


EXAMPLES = [
    Example(
        "hero",
        "PageHeroBlock",
        {"title": "T", "subtitle": "S", "backgroundImage": IMAGE, "cta": LINK},
        f"title subtitle backgroundImage {{ {IMAGE_FIELDS} }} cta {{ {LINK_FIELDS} }}",
        {"title": "T", "subtitle": "S", "backgroundImage": SHOWN_IMAGE, "cta": SHOWN_LINK},
        ("title",),
    ),
    Example(
        "text",
        "PageTextBlock",
        {"text": {"format": "MARKDOWN", "content": "*Hi*"}},
        "text { format content html }",
        {"text": {"format": "MARKDOWN", "content": "*Hi*", "html": "<p><em>Hi</em></p>\n"}},
        ("text", "text.content"),
    ),
    Example(
        "image",
        "PageImageBlock",
        {"image": {"mediaId": "m1"}, "link": LINK},
        f"image {{ {IMAGE_FIELDS} }} link {{ {LINK_FIELDS} }}",
        {"image": {**dict.fromkeys(IMAGE), "media": {"id": "m1"}}, "link": SHOWN_LINK},
        ("image",),
    ),
    Example(
        "gallery",
        "PageGalleryBlock",
        {"title": "T", "images": [IMAGE, {"src": "https://files.example/b.png", "mediaId": "m2"}]},
        f"title images {{ {IMAGE_FIELDS} }}",
        {
            "title": "T",
            "images": [
                SHOWN_IMAGE,
                {**dict.fromkeys(IMAGE), "src": "https://files.example/b.png", "media": {"id": "m2"}},
            ],
        },
        ("images",),
    ),
    Example(
        "cta",
        "PageCtaBlock",
        {"title": "T", "description": "D", "cta": LINK},
        f"title description cta {{ {LINK_FIELDS} }}",
        {"title": "T", "description": "D", "cta": SHOWN_LINK},
        ("cta",),
    ),
    Example(
        "features",
        "PageFeaturesBlock",
        {"title": "T", "features": [{"title": "F", "description": "D", "icon": "star"}, {"title": "G"}]},
        "title features { title description icon }",
        {
            "title": "T",
            "features": [
                {"title": "F", "description": "D", "icon": "star"},
                {"title": "G", "description": None, "icon": None},
            ],
        },
        ("features", "features.0.title"),
    ),
    Example(
        "testimonials",
        "PageTestimonialsBlock",
        {"title": "T", "testimonials": [{"quote": "Q", "authorName": "A", "role": "R"}]},
        "title testimonials { quote authorName role }",
        {"title": "T", "testimonials": [{"quote": "Q", "authorName": "A", "role": "R"}]},
        ("testimonials", "testimonials.0.quote"),
    ),
    Example(
        "pricing",
        "PagePricingBlock",
        {
            "title": "T",
            "plans": [
                {"name": "P", "price": "9 €", "period": "month", "features": ["a", "b"], "cta": LINK},
                {"name": "Q"},
            ],
        },
        f"title plans {{ name price period features cta {{ {LINK_FIELDS} }} }}",
        {
            "title": "T",
            "plans": [
                {"name": "P", "price": "9 €", "period": "month", "features": ["a", "b"], "cta": SHOWN_LINK},
                {"name": "Q", "price": None, "period": None, "features": [], "cta": None},
            ],
        },
        ("plans", "plans.0.name"),
    ),
    Example(
        "faq",
        "PageFaqBlock",
        {"title": "T", "questions": [{"question": "Q?", "answer": "A."}]},
        "title questions { question answer }",
        {"title": "T", "questions": [{"question": "Q?", "answer": "A."}]},
        ("questions", "questions.0.question", "questions.0.answer"),
    ),
    Example(
        "contact",
        "PageContactBlock",
        {"title": "T", "description": "D", "email": "a.b+c@mail.example", "phone": "+49 (30) 12-34", "address": "X\nY"},
        "title description email phone address",
        {"title": "T", "description": "D", "email": "a.b+c@mail.example", "phone": "+49 (30) 12-34", "address": "X\nY"},
    ),
    Example(
        "product_grid",
        "PageProductGridBlock",
        {"title": "T", "productIds": ["p1", "p2"]},
        "title products { id }",
        {"title": "T", "products": [{"id": "p1"}, {"id": "p2"}]},
        ("productIds",),
    ),
    Example(
        "newsletter",
        "PageNewsletterBlock",
        {"title": "T", "description": "D", "submitLabel": "S"},
        "title description submitLabel",
        {"title": "T", "description": "D", "submitLabel": "S"},
    ),
    Example(
        "video",
        "PageVideoBlock",
        {"title": "T", "url": "https://youtu.be/x"},
        "title provider url",
        {"title": "T", "provider": "youtube", "url": "https://youtu.be/x"},
        ("url",),
    ),
    Example("html", "PageHtmlBlock", {"html": "<p>Hi</p>"}, "html", {"html": "<p>Hi</p>"}, ("html",)),
    Example(
        "spacer",
        "PageSpacerBlock",
        {"size": "large", "heightPx": 10},
        "size heightPx",
        {"size": "large", "heightPx": 10},
    ),
]

FRAGMENTS = "\n".join(f"... on {example.name} {{ {example.fields} }}" for example in EXAMPLES)


def places(part: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every part of some data, the whole first, by its place."""
    yield path, part
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, child in inner:
        yield from places(child, *path, str(name))


def changed(part: Any, path: tuple[str, ...], value: Any) -> Any:
    """The data with another value at a place; without it for `...`."""
    if not path:
        return value
    name, *rest = path
    if isinstance(part, list):
        return [changed(item, tuple(rest), value) if str(n) == name else item for n, item in enumerate(part)]
    after = {**part, name: changed(part.get(name), tuple(rest), value)}
    return {key: item for key, item in after.items() if item is not ...}
