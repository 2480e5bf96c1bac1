"""How large things may be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Sizes past which an input is refused; characters and counts, or bytes of UTF-8 where the name says so."""

    max_title: int = 255
    max_slug: int = 255
    max_body_bytes: int = 1024 * 1024
    max_blocks: int = 200
    max_block_bytes: int = 64 * 1024
    max_tree_depth: int = 20
    max_path_bytes: int = 2_000
    max_menu_items: int = 500
    max_menu_depth: int = 16
