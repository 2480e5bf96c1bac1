"""The media of an export, kept in the scratch database: where each is, and what is said of it."""

import re
import sqlite3
from dataclasses import astuple, dataclass
from typing import Any

from pages_graphql.core.text import cut
from pages_graphql.core.urls import safe_url
from pages_graphql.importers.wordpress.text import number, plain
from pages_graphql.importers.wordpress.wxr import Item

_TABLE = "CREATE TABLE attachment (id INTEGER PRIMARY KEY, url TEXT, alt TEXT, caption TEXT, width INT, height INT)"
_SIZE = re.compile(r's:5:"width";i:([0-9]{1,6});s:6:"height";i:([0-9]{1,6});')
URL_LENGTH = 2_000
LINE_LENGTH = 1_000
SIZES = range(1, 100_001)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in WordPress's media library."""

    id: int
    url: str
    alt: str
    caption: str
    width: int
    height: int


class Attachments:
    """What is known of the media, by their ids."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Begin with none."""
        self._database = database
        _ = database.execute(_TABLE)

    def add(self, item: Item) -> None:
        """Keep an attachment; the first of an id stays."""
        size = _SIZE.search(item.meta_value("_wp_attachment_metadata"))
        width, height = map(number, size.groups()) if size else (0, 0)
        alt, caption = plain(item.meta_value("_wp_attachment_image_alt")), plain(item.excerpt)
        found = Attachment(item.id, item.attachment_url, alt, caption, width, height)
        _ = self._database.execute("INSERT OR IGNORE INTO attachment VALUES (?, ?, ?, ?, ?, ?)", astuple(found))

    def get(self, id: int) -> Attachment | None:
        """The attachment of an id."""
        row = self._database.execute("SELECT * FROM attachment WHERE id = ?", (id,)).fetchone()
        return Attachment(*row) if row else None


def picture(attachment: Attachment) -> dict[str, Any] | None:
    """The input of a picture that is an attachment; None where its address may not stand here."""
    return picture_at(attachment.url, alt=attachment.alt, width=attachment.width, height=attachment.height)


def picture_at(src: str, *, alt: str = "", caption: str = "", width: int = 0, height: int = 0) -> dict[str, Any] | None:
    """The input of a picture at an address; None where one like this may not stand here."""
    if not safe_url(src) or len(src) > URL_LENGTH or src.lower().startswith(("mailto:", "tel:")):
        return None
    texts = {"alt": cut(alt, LINE_LENGTH), "caption": cut(caption, LINE_LENGTH)}
    sizes = {name: size for name, size in (("width", width), ("height", height)) if size in SIZES}
    return {"src": src, **{name: text for name, text in texts.items() if text}, **sizes}
