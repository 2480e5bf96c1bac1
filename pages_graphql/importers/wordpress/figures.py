"""Pictures, galleries, buttons and videos of WordPress's editor as blocks here, where nothing that they say is lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pages_graphql.core.text import cut
from pages_graphql.core.urls import safe_url
from pages_graphql.importers.wordpress.attachments import LINE_LENGTH, URL_LENGTH, picture_at
from pages_graphql.importers.wordpress.gutenberg import WpBlock
from pages_graphql.importers.wordpress.here import Here
from pages_graphql.importers.wordpress.markup import Node, tree_of
from pages_graphql.importers.wordpress.text import number
from pages_graphql.pages.block_data import video_provider

_FIGURE = {"", "a", "br", "div", "figcaption", "figure", "img", "li", "ul"}
_BUTTON = {"", "a", "div"}

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Picture:
    image: Data
    href: str


def image(block: WpBlock, here: Here) -> Data | None:
    """The data of a picture; None where it is no plain one."""
    tree = tree_of(block.html)
    pictures = list(_pictures(tree, block, here))
    if len(pictures) != 1 or None in pictures or not _is_plain(tree):
        return None
    (picture,) = pictures
    if picture is None or not picture.href:
        return picture and {"image": picture.image}
    link = here.link(picture.href)
    return link and {"image": picture.image, "link": link}


def gallery(block: WpBlock, here: Here) -> Data | None:
    """The data of a gallery, whose pictures are blocks in it or items of a list; None where it is no plain one."""
    around = tree_of(block.around)
    if any(inner.name != "image" for inner in block.blocks) or not _is_plain(around):
        return None
    images: list[Data] = []
    for source, part in [(tree_of(inner.html), inner) for inner in block.blocks] or [(around, block)]:
        for picture in _pictures(source, part, here):
            if picture is None or not _is_plain(source) or not _opens_itself(picture, source, here):
                return None
            images.append(picture.image)
    captions = [node.text for node in around.find("figcaption") if not block.blocks and _is_of_gallery(node)]
    captions += [node.text for node in around.find("figcaption") if block.blocks]
    if not images or len(captions) > 1:
        return None
    return {"title": captions[0], "images": images} if captions and captions[0] else {"images": images}


def button(block: WpBlock, here: Here) -> Data | None:
    """The data of a button that leads somewhere; None for any other."""
    tree = tree_of(block.html)
    anchors = tree.find("a")
    if len(anchors) != 1 or any(node.tag not in _BUTTON for node in tree.every()) or tree.text != anchors[0].text:
        return None
    label, link = tree.text, here.link(anchors[0].attributes.get("href", ""))
    return {"cta": {"label": label, **link}} if link and 0 < len(label) <= LINE_LENGTH else None


def video(block: WpBlock, _: Here) -> Data | None:
    """The data of a video at YouTube or Vimeo; None for what is embedded from elsewhere."""
    url = block.attributes.get("url")
    if not isinstance(url, str):
        return None
    url = "https:" + url.partition(":")[2] if url.startswith("http:") else url
    if len(url) > URL_LENGTH or not safe_url(url) or (provider := video_provider(url)) is None:
        return None
    tree = tree_of(block.html)
    captions = tree.find("figcaption")
    title = " ".join(node.text for node in captions)
    said = tree.text.removesuffix(title).strip()
    if any(node.has_markup for node in captions) or said not in ("", block.attributes["url"]):
        return None
    return {"provider": provider, "url": url, **({"title": cut(title, LINE_LENGTH)} if title else {})}


def _pictures(tree: Node, block: WpBlock, here: Here) -> Iterator[_Picture | None]:
    """The pictures in some HTML, each with its own caption and where it leads; None for one that cannot stand here."""
    for frame in _frames(tree):
        for node in frame.find("img"):
            caption = " ".join(each.text for each in frame.find("figcaption") if not _is_of_gallery(each))
            found = _image(node, caption, block, here)
            hrefs = [anchor.attributes.get("href", "") for anchor in frame.find("a") if node in anchor.every()]
            is_whole = len(caption) <= LINE_LENGTH and len(frame.find("img")) == 1
            yield _Picture(found, hrefs[0] if hrefs else "") if found and is_whole else None


def _frames(tree: Node) -> list[Node]:
    """What holds a picture with its caption: the items of a list, else all."""
    return tree.find("li") or [tree]


def _image(node: Node, caption: str, block: WpBlock, here: Here) -> Data | None:
    said = node.attributes
    id = block.attributes.get("id") if block.name == "image" else number(said.get("data-id", ""))
    known = here.attachment(id) if isinstance(id, int) and id else None
    alt = said.get("alt") or (known.alt if known else "")
    if said.get("title") or len(alt) > LINE_LENGTH:
        return None
    width, height = number(said.get("width", "")), number(said.get("height", ""))
    if not (width or height) and known and known.url == said.get("src"):
        width, height = known.width, known.height
    return picture_at(said.get("src", ""), alt=alt, caption=caption, width=width, height=height)


def _is_of_gallery(caption: Node) -> bool:
    return "blocks-gallery-caption" in caption.attributes.get("class", "")


def _is_plain(tree: Node) -> bool:
    """Whether there is nothing but pictures, links around them, and captions without markup."""
    captions = tree.find("figcaption")
    said = sum(len(caption.text.replace(" ", "")) for caption in captions)
    return (
        all(node.tag in _FIGURE for node in tree.every())
        and not any(caption.has_markup for caption in captions)
        and said == len(tree.text.replace(" ", ""))
    )


def _opens_itself(picture: _Picture, tree: Node, here: Here) -> bool:
    """Whether a picture of a gallery leads nowhere but to itself, larger."""
    if not picture.href:
        return True
    own = {picture.image["src"]}
    for node in tree.find("img"):
        own |= {node.attributes.get(name, "") for name in ("data-full-url", "data-link")}
        if known := here.attachment(number(node.attributes.get("data-id", ""))):
            own.add(known.url)
    return picture.href in own
