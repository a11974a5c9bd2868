"""A picture of a terminal: what a program printed there, escape codes and all, as an SVG.

README.md shows one. It is drawn here and by no library, so that it is the same, byte for byte,
with every version of every package. All measures are whole pixels.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

FONT_SIZE = 15
CELL_WIDTH = 9  # six tenths of the size, as wide as most fonts for terminals are
LINE_HEIGHT = 20
BASELINE = 15  # of a line's text, below the top of that line
PADDING = 24
TITLE_BAR = 44
BUTTONS = ("#ff5f57", "#febc2e", "#28c840")
FADED_LINES = 3  # there is more below: the last ones fade out

# The window is darker than GitHub's light page and, with its border, lighter than the dark one.
STYLE = f"""\
.window {{ fill: #161b22; stroke: #444c56 }}
text {{ font: {FONT_SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono",
  "Liberation Mono", monospace; fill: #d1d7e0 }}
.bold {{ font-weight: 700; fill: #f0f6fc }}
.italic {{ font-style: italic }}
.dim {{ fill: #8b949e }}
.red {{ fill: #ff7b72 }}
.green {{ fill: #56d364 }}
.yellow {{ fill: #e3b341 }}
.cyan {{ fill: #76e3ea }}
.link {{ text-decoration: underline; text-decoration-color: #57606a }}"""

SGR_CLASSES = {
    "1": "bold",
    "2": "dim",
    "3": "italic",
    "31": "red",
    "32": "green",
    "33": "yellow",
    "36": "cyan",
}
ESCAPE_CODE = re.compile(
    r"\x1b\[(?P<sgr>[\d;]*)m"  # Select Graphic Rendition, of ECMA-48
    r"|\x1b\]8;[^;]*;(?P<address>.*?)\x1b\\"  # the begin of a hyperlink, or its end: no address
    r"|(?P<text>[^\x1b]+)"
    r"|(?P<unknown>\x1b)"
)
GAP = re.compile(r" {2,}")


class Run(NamedTuple):
    """A piece of text of one style that stands in a line, from a column on."""

    column: int
    text: str
    classes: frozenset[str]


def draw_terminal(command: str, output: str, columns: int, lines: int) -> str:
    """An SVG of a terminal in which a command printed this output: the first so many lines."""
    width = columns * CELL_WIDTH + 2 * PADDING
    height = TITLE_BAR + (lines + 1) * LINE_HEIGHT + PADDING // 2  # one more line, for the command
    prompt = f"\x1b[32m$\x1b[0m \x1b[1m{command}\x1b[0m"
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="img">',
        f"<title>{escape(command)}, in a terminal</title>",
        f"<style>\n{STYLE}\n</style>",
        f'<rect class="window" x="1" y="1" width="{width - 2}" height="{height - 2}" rx="10"/>',
        *draw_buttons(),
        *draw_lines([prompt, *output.splitlines()[:lines]]),
        *draw_fading(width, height),
        "</svg>",
    ]
    return "\n".join(drawn) + "\n"


def draw_buttons() -> Iterator[str]:
    """The three buttons of the window."""
    for number, colour in enumerate(BUTTONS):
        yield f'<circle cx="{PADDING + 5 + number * 20}" cy="23" r="6" fill="{colour}"/>'


def draw_lines(lines: Iterable[str]) -> Iterator[str]:
    """The text of the lines."""
    runs = parse_lines(lines)
    for number, line in enumerate(runs):
        for run in line:
            yield draw_run(run, TITLE_BAR + number * LINE_HEIGHT + BASELINE)


def draw_run(run: Run, baseline: int) -> str:
    """One piece of text, held to its columns whatever the font."""
    length = sum(map(cell_width, run.text)) * CELL_WIDTH
    classes = f' class="{" ".join(sorted(run.classes))}"' if run.classes else ""
    return (
        f'<text x="{PADDING + run.column * CELL_WIDTH}" y="{baseline}" textLength="{length}"'
        f' lengthAdjust="spacingAndGlyphs"{classes}>{escape(run.text)}</text>'
    )


def draw_fading(width: int, height: int) -> Iterator[str]:
    """What lets the last lines fade out."""
    faded = FADED_LINES * LINE_HEIGHT + PADDING // 2
    yield '<linearGradient id="fading" x2="0" y2="1">'
    yield '<stop stop-color="#161b22" stop-opacity="0"/><stop offset="1" stop-color="#161b22"/>'
    yield "</linearGradient>"
    yield (
        f'<rect x="2" y="{height - 2 - faded}" width="{width - 4}" height="{faded}" rx="9"'
        ' fill="url(#fading)"/>'
    )


def parse_lines(lines: Iterable[str]) -> Iterator[list[Run]]:
    """The runs of each line; ValueError where there is an escape code that cannot be drawn."""
    style: frozenset[str] = frozenset()
    for line in lines:
        cells: list[tuple[str, frozenset[str]]] = []
        for code in ESCAPE_CODE.finditer(line):
            if code["text"]:
                cells += [(character, style) for character in code["text"]]
            else:
                style = style_after(code, style)
        yield list(runs_of(cells))


def style_after(code: re.Match[str], style: frozenset[str]) -> frozenset[str]:
    """The style of the text behind an escape code."""
    if code["unknown"]:
        raise ValueError(f"an escape code that is not known: {code.string[code.start() :][:10]!r}")
    if code["address"] is not None:
        return style | {"link"} if code["address"] else style - {"link"}
    for number in code["sgr"].split(";"):
        if number in ("", "0"):
            style &= {"link"}  # which another code ends
        elif number in SGR_CLASSES:
            style |= {SGR_CLASSES[number]}
        else:
            raise ValueError(f"a graphic rendition that is not known: {number}")
    return style


def runs_of(cells: Iterable[tuple[str, frozenset[str]]]) -> Iterator[Run]:
    """Characters with their styles, put together where one line of type can hold them.

    A font that has no wide characters takes them from another: they make runs of their own.
    """
    column = 0
    run = Run(0, "", frozenset())
    for character, classes in cells:
        width = cell_width(character)
        is_continued = classes == run.classes and width in (0, cell_width(run.text[:1]))
        if run.text and not is_continued:
            yield from words_of(run)
        if not run.text or not is_continued:
            run = Run(column, "", classes)
        run = run._replace(text=run.text + character)
        column += width
    yield from words_of(run)


def words_of(run: Run) -> Iterator[Run]:
    """The run without the white space around it, and in two where columns stand apart."""
    start = 0
    for gap in [*GAP.finditer(run.text), None]:
        text = run.text[start : gap.start() if gap else None]
        if text.strip():
            indent = len(text) - len(text.lstrip())
            before = sum(map(cell_width, run.text[: start + indent]))
            yield run._replace(column=run.column + before, text=text.strip())
        start = gap.end() if gap else 0


def cell_width(character: str) -> int:
    """How many columns of a terminal a character takes: 0, 1 or 2."""
    if not character or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
