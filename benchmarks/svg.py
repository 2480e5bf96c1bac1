"""Bars in groups, as a picture."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH = 960
ROW = 20
NAMES = 230
BARS = 600
COLOURS = ("#8a8f98", "#d98f3e", "#3e7cd9", "#3ea37c", "#9a5fc4", "#c45f7d")
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#24292f}.head{font-weight:600}.small{font-size:11px;fill:#57606a}"
    "@media(prefers-color-scheme:dark){text{fill:#d7dce2}.small{fill:#9aa4af}}"
)


class Bar(NamedTuple):
    """One bar: its name, its length between 0 and 1, and what is written at its end."""

    name: str
    length: float
    text: str


def bars(title: str, groups: Mapping[str, Sequence[Bar]], note: str) -> str:
    """A picture of bars in groups; a bar longer than 1 is cut, its text is not."""
    colours: dict[str, str] = {}
    lines = list(_wrapped(note))
    body = [f'<text x="8" y="22" class="head">{escape(title)}</text>']
    y = 34
    for group, each in groups.items():
        body.append(f'<text x="8" y="{y + 18}" class="head">{escape(group)}</text>')
        y += ROW + 6
        for bar in each:
            colour = colours.setdefault(bar.name, COLOURS[len(colours) % len(COLOURS)])
            body += _bar(bar, y, colour)
            y += ROW
        y += 8
    body += (f'<text x="8" y="{y + 16 * (n + 1)}" class="small">{escape(line)}</text>' for n, line in enumerate(lines))
    height = y + 16 * len(lines) + 12
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">'
    return "\n".join([head, f"<title>{escape(title)}</title>", f"<style>{STYLE}</style>", *body, "</svg>", ""])


def _bar(bar: Bar, y: int, colour: str) -> Iterator[str]:
    width = max(1.0, BARS * min(bar.length, 1))
    yield f'<text x="{NAMES - 8}" y="{y + 14}" text-anchor="end">{escape(bar.name)}</text>'
    yield f'<rect x="{NAMES}" y="{y + 3}" width="{width:.1f}" height="{ROW - 6}" rx="2" fill="{colour}"/>'
    yield f'<text x="{NAMES + width + 6:.1f}" y="{y + 14}">{escape(bar.text)}</text>'


def _wrapped(note: str, longest: int = 150) -> Iterator[str]:
    line = ""
    for word in note.split():
        if len(line) + len(word) > longest:
            yield line.strip()
            line = ""
        line += f" {word}"
    yield line.strip()
