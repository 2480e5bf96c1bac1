"""Exports as large as one likes."""

from collections.abc import Iterator
from pathlib import Path

from tests.importers.exports import HEAD, SITE, TAIL, item, menu_item, meta

BELOW = 10
"""How many pages stand below each."""
MENU_ITEMS = 400

_TEXT = "<!-- wp:paragraph --><p>{}</p><!-- /wp:paragraph -->"
_CODE = "<!-- wp:code --><pre><code>oven --at 230</code></pre><!-- /wp:code -->"
_BUTTON = '<!-- wp:button --><div><a href="{}">More</a></div><!-- /wp:button -->'
_IMAGE = '<!-- wp:image {{"id":{0}}} --><figure><img src="{1}" alt="Bread"/></figure><!-- /wp:image -->'
_COMMENT = "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>Nice</wp:comment_content></wp:comment>"


def write_large(path: Path, pages: int) -> Path:
    """An export of so many pages and posts: a deep tree, blocks, links both ways, pictures, former slugs, drafts, a menu."""
    with path.open("w", encoding="utf-8") as file:
        _ = file.write(HEAD)
        for n in range(1, pages + 1):
            _ = file.writelines(_page(n, pages))
        for n in range(1, min(pages, MENU_ITEMS) + 1):
            link = {"type": "post_type", "object": "page", "object_id": n}
            _ = file.write(menu_item(3 * pages + n, f"Item {n}", **link))
        _ = file.write(TAIL)
    return path


def _page(n: int, pages: int) -> Iterator[str]:
    picture, url = 2 * pages + n, f"{SITE}/files/{n}.jpg"
    blocks = [_TEXT.format(f'See <a href="{SITE}/?page_id={n // 2 + 1}">there</a>. ' + "Bread and rolls. " * 40), _CODE]
    more = [meta(_yoast_wpseo_title="%%title%% %%sep%% %%sitename%%")]
    if n % 5 == 0:
        more.append(meta(_wp_old_slug=f"old-{n}"))
    if n % 10 == 0:
        yield item(picture, "attachment", f"Picture {n}", attachment_url=url)
        blocks.append(_IMAGE.format(picture, url))
        more.append(meta(_thumbnail_id=picture) + _COMMENT)
    if n % 100 == 1:
        blocks.append(_BUTTON.format(f"{SITE}/?page_id={min(pages, n + 1)}"))
    status = "private" if n % 50 == 49 and n * BELOW > pages else "publish"
    where = {"post_parent": n // BELOW, "link": f"{SITE}/p{n}/", "status": status}
    type = "post" if n % 4 == 0 else "page"
    yield item(n, type, f"Page {n}", *more, post_name=f"p{n}", content="\n".join(blocks), excerpt="Bread.", **where)
