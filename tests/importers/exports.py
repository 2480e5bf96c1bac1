"""Small exports for the tests, written item by item."""

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

SITE = "https://bakery.example"
HEAD = f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Bakery</title><link>{SITE}</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>{SITE}</wp:base_blog_url>
"""
TAIL = "</channel></rss>\n"


def write_export(path: Path, *parts: str) -> Path:
    """A file with these records in it."""
    path.write_text(HEAD + "".join(parts) + TAIL, encoding="utf-8")
    return path


def element(name: str, text: object) -> str:
    return f"<{name}>{escape(str(text))}</{name}>"


def item(id: int, type: str = "page", title: str = "", *more: str, **fields: object) -> str:
    """An item, published unless a field of WordPress (`status`, `post_parent`) says otherwise."""
    given = {"post_name": title.lower(), "status": "publish", "post_parent": 0, "menu_order": 0} | fields
    head = element("title", title) + element("link", given.pop("link", f"{SITE}/?p={id}"))
    prose = element("content:encoded", given.pop("content", "")) + element("excerpt:encoded", given.pop("excerpt", ""))
    facts = given | {"post_id": id, "post_type": type}
    wp = "".join(element(f"wp:{name}", value) for name, value in facts.items())
    return f"<item>{head}{prose}{wp}{''.join(more)}</item>\n"


def meta(**values: object) -> str:
    """What WordPress keeps beside an item."""
    return "".join(
        f"<wp:postmeta>{element('wp:meta_key', key)}{element('wp:meta_value', value)}</wp:postmeta>"
        for key, value in values.items()
    )


def menu_item(id: int, title: str = "", menus: tuple[str, ...] = ("main",), **values: object) -> str:
    """An item of menus; `_menu_item_…` values without that beginning, other fields of an item as they are."""
    of_item = {"status", "content", "excerpt", "menu_order"}
    fields = {"menu_order": id} | {key: value for key, value in values.items() if key in of_item}
    values = {"type": "custom", "object": "custom", "object_id": id} | values
    kept = meta(**{f"_menu_item_{key}": value for key, value in values.items() if key not in of_item})
    terms = (f"<category domain='nav_menu' nicename={quoteattr(menu)}>{menu.title()}</category>" for menu in menus)
    return item(id, "nav_menu_item", title, kept, *terms, **fields)


def category(id: int, slug: str, name: str, parent: str = "") -> str:
    names = {"term_id": id, "category_nicename": slug, "category_parent": parent, "cat_name": name}
    return f"<wp:category>{''.join(element(f'wp:{key}', value) for key, value in names.items())}</wp:category>"


def term(id: int, taxonomy: str, slug: str, name: str) -> str:
    names = {"term_id": id, "term_taxonomy": taxonomy, "term_slug": slug, "term_parent": "", "term_name": name}
    return f"<wp:term>{''.join(element(f'wp:{key}', value) for key, value in names.items())}</wp:term>"
