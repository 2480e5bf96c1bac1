"""How much of everything there may be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What an input may hold at most; the settings PAGES_MAX_… change it."""

    title: int = 255
    slug: int = 255
    body_bytes: int = 1024 * 1024
    blocks: int = 200
    block_bytes: int = 64 * 1024
    tree_depth: int = 20
    path_bytes: int = 2_000
    menu_items: int = 500
    menu_depth: int = 16
