"""The way back: Markdown that says what a simple page of HTML says, as a start for whoever edits it."""

import re
from html.parser import HTMLParser

BLOCKS = {"p", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "blockquote", "section", "div"}
HEADINGS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### "}


def markdown_of(html: str) -> str:
    """Headings, paragraphs, lists, links, bold text and line breaks; everything else keeps its words only."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [line.rstrip() for line in "".join(reader.parts).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.lists: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.parts.append("\n\n" + HEADINGS.get(tag, ""))
        if tag in {"ul", "ol", "dl"}:
            self.lists.append("1. " if tag == "ol" else "- ")
        elif tag == "li":
            self.parts.append(f"\n{self.lists[-1] if self.lists else '- '}")
        elif tag == "dt":
            self.parts.append("\n- **")
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")
            self.parts.append("[")
        elif tag == "strong":
            self.parts.append("**")
        elif tag == "br":
            self.parts.append("\\\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol", "dl"} and self.lists:
            self.lists.pop()
        if tag in BLOCKS:
            self.parts.append("\n\n")
        elif tag == "dt":
            self.parts.append(":** ")
        elif tag == "a" and self.links:
            self.parts.append(f"]({self.links.pop()})")
        elif tag == "strong":
            self.parts.append("**")

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data)
        if words.strip() or (self.parts and not self.parts[-1].endswith("\n")):
            self.parts.append(words.lstrip() if self.parts and self.parts[-1].endswith("\n") else words)
