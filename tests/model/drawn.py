"""What is drawn for a story: what happens, how often, and with what."""

from typing import Any

from hypothesis import strategies as st

POLICIES = ("HIDE", "TEXT", "PROMOTE_CHILDREN")

refs = st.integers(0, 40)
"""A page, by its number: most numbers are of pages that the act is meant for, a few are nobody's or another tenant's."""
sites = st.sampled_from([0, 0, 0, 1])
others = ["manager", "manager", "author", "author", "writer", "customer", "anonymous"]
actors = st.sampled_from(["admin"] * 28 + others)
makers = st.sampled_from(["admin"] * 6 + ["author", "author", "writer"])
slugs = st.sampled_from(["a", "b"] * 7 + ["c", "", "!", "A b", "жёж", "жёж"])
titles = st.sampled_from(["A", "B", "C"])
tags = st.sampled_from([0, 1, 2] * 9 + [3])
versions = st.sampled_from([None] * 12 + [0, 0, -1])
flags = st.booleans()
rarely = st.sampled_from([False] * 5 + [True])
channels = st.sampled_from([None, [], [], [0], [0], [1], [1], [0, 1], [9]])
texts = st.lists(
    st.fixed_dictionaries({"locale": tags, "title": titles}, optional={"slug": slugs}),
    min_size=1,
    max_size=3,
    unique_by=lambda text: text["locale"],
)
changes = st.lists(
    st.fixed_dictionaries({"locale": tags, "title": titles}, optional={"slug": slugs})
    | st.fixed_dictionaries({"locale": tags}, optional={"slug": slugs}),
    min_size=1,
    max_size=2,
)
target = {"n": sites, "actor": actors, "page": refs, "version": versions}

menus = st.integers(0, 24)
links = st.none() | st.integers(0, 65)
"""Where an item leads, by a number: to a page, most often."""
labels = st.sampled_from(["L", "M", "N"] * 8 + [None, None, " "])
words = st.lists(
    st.fixed_dictionaries({"locale": tags}, optional={"label": labels, "description": st.sampled_from(["d", None])}),
    max_size=2,
    unique_by=lambda text: text["locale"],
)
items = st.lists(
    st.fixed_dictionaries({"level": st.integers(0, 3), "link": links, "texts": words, "keep": flags}), max_size=5
)
policies = st.sampled_from(POLICIES)
handles = st.sampled_from(["main", "foot", "foot", "side", "side", "Not one"])
locations = st.sampled_from(["HEADER", "FOOTER"])
menu = {"n": sites, "actor": actors, "menu": menus, "version": versions}
place = {"channel": st.sampled_from([None, None, None, 0, 1, 9]), "location": locations}
moves = st.lists(
    st.fixed_dictionaries({"item": refs}, optional={"parent": st.none() | refs, "beforeId": refs, "afterId": refs}),
    min_size=1,
    max_size=3,
)

ACTS: dict[str, tuple[int, dict[str, st.SearchStrategy[Any]]]] = {
    "create": (6, {"n": sites, "actor": makers, "parent": st.none() | refs, "texts": texts, "publish": flags}),
    "create_in": (1, {"n": sites, "parent": st.none() | refs, "beside": refs, "channels": channels, "title": titles}),
    "update": (6, {**target, "texts": changes, "meta": st.none() | tags}),
    "remove": (3, {**target, "which": refs, "texts": st.none() | changes}),
    "show_in": (3, {**target, "channels": channels}),
    "publish": (9, {**target, "down": flags}),
    "unpublish": (4, {**target, "down": flags, "spare": rarely}),
    "archive": (2, {**target, "down": flags, "spare": rarely}),
    "discard": (1, target),
    "restore": (2, {**target, "back": st.sampled_from([1, 1, 1, 1, 2, 2, 2, 3, 0, 9]), "slugs": flags}),
    "duplicate": (
        2,
        {"n": sites, "actor": actors, "page": refs, "down": flags, "parent": st.none() | refs, "here": flags},
    ),
    "move": (4, {**target, "parent": st.none() | refs, "beside": st.none() | refs, "keep": flags}),
    "delete": (4, {**target, "down": flags, "heir": st.none() | refs, "spare": rarely}),
    "set_home": (2, target),
    "change_slug": (4, {**target, "tag": tags, "slug": slugs, "keep": flags}),
    "redirect": (4, {**target, "at": refs, "tag": st.none() | tags, "prefix": flags, "outside": rarely}),
    "unredirect": (1, {"n": sites, "actor": actors, "which": refs}),
    "fill": (1, {**target, "names": st.lists(titles, max_size=2)}),
    "menu_create": (
        4,
        {**menu, **place, "handle": handles, "texts": words, "items": items, "policy": policies, "publish": flags},
    ),
    "menu_update": (
        2,
        {
            **menu,
            "handle": st.none() | handles,
            "texts": words,
            "policy": st.none() | policies,
            "gone": rarely,
        },
    ),
    "menu_publish": (3, menu),
    "menu_unpublish": (2, menu),
    "menu_delete": (1, menu),
    "menu_discard": (1, menu),
    "menu_restore": (1, {**menu, "back": st.sampled_from([1, 1, 1, 2, 2, 3, 0, 9])}),
    "item_add": (3, {**menu, "parent": st.none() | refs, "beside": st.none() | refs, "items": items}),
    "item_change": (3, {**menu, "item": refs, "texts": words, "link": links, "gone": rarely, "part": flags}),
    "item_move": (4, {**menu, "moves": moves}),
    "item_drop": (1, {**menu, "item": refs}),
    "items_replace": (2, {**menu, "items": items, "first": refs}),
    "menu_bind": (2, {**menu, **place, "replace": flags}),
    "menu_unbind": (1, {**menu, **place}),
}
"""What can happen, how often, and what is drawn for it."""

acts = st.sampled_from([name for name, (weight, _) in ACTS.items() for _ in range(weight)]).flatmap(
    lambda name: st.tuples(st.just(name), st.fixed_dictionaries(ACTS[name][1]))
)
