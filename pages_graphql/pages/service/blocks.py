"""Changing the blocks of a page's draft one by one."""

from collections.abc import Callable
from typing import Any, TypeVar

from pages_graphql.core.errors import Invalid, NotFound, Refused, refuse_if
from pages_graphql.documents import lifecycle
from pages_graphql.pages import commands
from pages_graphql.pages.commands import BlockCommand
from pages_graphql.pages.content import Block, Override
from pages_graphql.pages.editing import Content, Edit
from pages_graphql.pages.events import page_event
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service import common
from pages_graphql.storage.work import Work

C = TypeVar("C", bound=BlockCommand)


async def add_page_block(work: Work, command: commands.AddPageBlock) -> Page:
    """Add a block, before or after another, else behind all."""

    def add(edit: Edit, blocks: list[Content]) -> list[Content]:
        known = {block["id"] for block in blocks}
        made = edit.block(command.block, known, "block")
        if command.block.id in known:
            edit.problems.append(Invalid("This block is there already.", "block", "id"))
        if len(blocks) >= edit.limits.max_blocks:
            edit.problems.append(Invalid(f"A page has at most {edit.limits.max_blocks} blocks.", "block"))
        return _insert(blocks, made, command.before_id, command.after_id)

    return await _edit(work, command, add)


async def update_page_block(work: Work, command: commands.UpdatePageBlock) -> Page:
    """Change a block's data and overrides, each as a whole where it is given."""

    def change(edit: Edit, blocks: list[Content]) -> list[Content]:
        at = _index(blocks, command.block_id, "blockId")
        before = blocks[at]
        data = (command.data or {}) if command.given("data") else before["data"]
        overrides = command.overrides if command.given("overrides") else _overrides(before)
        block = Block(id=before["id"], type=before["type"], data=data, overrides=overrides)
        return [*blocks[:at], edit.block(block, {before["id"]}), *blocks[at + 1 :]]

    return await _edit(work, command, change)


async def move_page_block(work: Work, command: commands.MovePageBlock) -> Page:
    """Put a block elsewhere in its page; with no neighbour named, behind all."""

    def move(_: Edit, blocks: list[Content]) -> list[Content]:
        moved = blocks[_index(blocks, command.block_id, "blockId")]
        if moved["id"] in (command.before_id, command.after_id):
            return blocks
        others = [block for block in blocks if block is not moved]
        return _insert(others, moved, command.before_id, command.after_id)

    return await _edit(work, command, move)


async def delete_page_block(work: Work, command: commands.DeletePageBlock) -> Page:
    """Take a block away."""

    def drop(_: Edit, blocks: list[Content]) -> list[Content]:
        at = _index(blocks, command.block_id, "blockId")
        return [*blocks[:at], *blocks[at + 1 :]]

    return await _edit(work, command, drop)


async def reorder_page_blocks(work: Work, command: commands.ReorderPageBlocks) -> Page:
    """Put all blocks in another order; every id is given, once."""

    def reorder(_: Edit, blocks: list[Content]) -> list[Content]:
        known = {block["id"]: block for block in blocks}
        unknown = [n for n, id in enumerate(command.block_ids) if id not in known]
        refuse_if(NotFound("block", command.block_ids[n], "blockIds", n) for n in unknown)
        if sorted(command.block_ids) != sorted(known):
            raise Refused(Invalid("Give the id of every block of the page, each once.", "blockIds"))
        return [known[id] for id in command.block_ids]

    return await _edit(work, command, reorder)


async def replace_page_blocks(work: Work, command: commands.ReplacePageBlocks) -> Page:
    """Put these blocks in the place of all that are there."""

    def replace(edit: Edit, _: list[Content]) -> list[Content]:
        edit.replace_blocks(command.blocks)
        return edit.content["blocks"]

    return await _edit(work, command, replace)


async def _edit(work: Work, command: BlockCommand, change: Callable[[Edit, list[Content]], list[Content]]) -> Page:
    """Change the blocks of the draft, and save it where it says something else then."""
    page = await common.find(work, command.page_id, "pageId")
    common.allow(work, page, command)
    common.refuse_archived(page)
    before = await writing.draft(work, page)
    edit = common.edit(work, before.content)
    blocks: list[Content] = []
    try:
        blocks = change(edit, list(edit.content["blocks"]))
    except Refused as refused:
        edit.problems += refused.problems
    refuse_if([*edit.problems, *await common.unknown_pages(work, edit, before)])
    content = {**edit.content, "blocks": blocks}
    if lifecycle.differs(page, content):
        await common.save(work, page, content, before, command.note)
        lifecycle.touch(work, page)
        work.record(page, page_event("updated", page, content))
    return page


def _index(blocks: list[Content], id: str, *path: str) -> int:
    at = next((n for n, block in enumerate(blocks) if block["id"] == id), None)
    if at is None:
        raise Refused(NotFound("block", id, *path))
    return at


def _insert(blocks: list[Content], made: Content, before_id: str | None, after_id: str | None) -> list[Content]:
    if before_id is not None and after_id is not None:
        raise Refused(Invalid("Give `beforeId` or `afterId`, not both.", "afterId"))
    at = len(blocks)
    if before_id is not None:
        at = _index(blocks, before_id, "beforeId")
    elif after_id is not None:
        at = _index(blocks, after_id, "afterId") + 1
    return [*blocks[:at], made, *blocks[at:]]


def _overrides(block: dict[str, Any]) -> list[Override]:
    return [Override(locale=locale, data=data) for locale, data in block.get("overrides", {}).items()]
