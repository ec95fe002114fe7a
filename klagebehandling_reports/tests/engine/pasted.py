"""Texts as if pasted from Word, Outlook and the web: seeded, structure × style."""

import base64
import io
import random

from PIL import Image

STYLES = (
    "position:absolute;top:0;left:0",
    "position:fixed;right:-90mm;bottom:0",
    "position:relative;left:400px;top:-300px",
    "margin:-50mm 0 0 -80mm;padding:0 0 0 120mm",
    "margin-top:-9999px;text-indent:-9999px",
    "float:right;width:900px",
    "float:left;width:20%;clear:none",
    "font-size:140pt;line-height:0",
    "font-size:1px;letter-spacing:40px;word-spacing:-20px",
    "color:#fff;background:#fff",
    "color:white;background-image:url(https://example.com/a.png)",
    "color:rgba(0,0,0,.05);opacity:0.01",
    "display:none",
    "display:flex;flex-wrap:nowrap;gap:200px",
    "display:inline-block;width:3000px;white-space:nowrap",
    "visibility:hidden;clip-path:inset(50%)",
    "transform:rotate(90deg) scale(4) translate(300px)",
    "columns:6;column-gap:0",
    "break-before:page;break-inside:avoid;page:wide",
    "height:2mm;overflow:hidden;max-height:0",
    "width:4000px;min-width:4000px",
    "writing-mode:vertical-rl;direction:rtl;unicode-bidi:bidi-override",
    "mso-element:frame;mso-hide:all;tab-stops:400pt",
    "border:200px solid black;outline:90px solid red",
    "z-index:9;position:sticky;inset:0",
    "content:'falsk';string-set:running 'falsk';counter-reset:page 7",
    "text-align:right;font-weight:bold;color:#a00",
    "text-decoration:line-through;font-style:italic",
    "font:italic 60px/1 Calibri;text-transform:uppercase",
    "list-style:none inside url(https://example.com/b.png)",
)
ATTRIBUTES = (
    'class="sender envelope recipient letter"',
    'class="MsoNormal" lang="NO-BOK"',
    'align="right" width="3000" height="4"',
    'bgcolor="#000000" background="https://example.com/c.png"',
    'hidden aria-hidden="true"',
    'dir="ltr" id="page"',
    'nowrap cellpadding="300" border="90"',
)
WRAPPERS = [
    "div",
    "span",
    "p",
    "b",
    "i",
    "u",
    "s",
    "font",
    "center",
    "section",
    "article",
    "blockquote",
    "small",
    "sup",
    "sub",
    "h1",
    "h2",
    "h5",
    "a",
    "code",
    "pre",
    "o:p",
    "figure",
    "address",
    "ins",
    "del",
    "mark",
    "nobr",
    "main",
    "header",
    "footer",
]
HEAD = (
    "<style>@page{size:A3;margin:0} *{position:fixed} p{display:none}</style>",
    '<base href="https://example.com/"><link rel="stylesheet" href="//example.com/x">',
    "<!--[if mso]><table><tr><td><![endif]-->",
    '<img src="https://example.com/pixel.gif" width="1" height="1">',
    '<iframe src="https://example.com/"></iframe>',
    '<svg width="9000" height="9000"><rect width="9000" height="9000"/></svg>',
    '<input value="x" style="width:4000px">',
    "",
)


class Pasted:
    """One generated text: ``html``, and the ``words`` that a person sees in it."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.words = []
        self.html = self.random.choice(HEAD) + "".join(
            self._block(0) for _one in range(self.random.randint(2, 6))
        )

    def _attributes(self):
        parts = []
        if self.random.random() < 0.7:
            chosen = self.random.sample(STYLES, self.random.randint(1, 3))
            parts.append(f'style="{";".join(chosen)}"')
        if self.random.random() < 0.3:
            parts.append(self.random.choice(ATTRIBUTES))
        return " ".join(["", *parts])

    def _word(self):
        """A word that no other one contains."""
        number = f"o{len(self.words)}x"
        kind = self.random.random()
        if kind < 0.03:
            number += ".example.com/" + "lang-sti/" * 20
        elif kind < 0.06:
            number += "ubrutt" * 40
        elif kind < 0.09:
            number = "\u00a0".join([number] + ["fast"] * 50)
        elif kind < 0.5:
            number += self.random.choice(("klage", "kommunen", "Åse", "WWW", "i"))
        self.words.append(number)
        return number

    def _text(self, most=12):
        count = self.random.randint(1, most)
        return " ".join(self._word() for _one in range(count))

    def _block(self, depth):
        kinds = (self._paragraph, self._wrapped, self._list, self._table, self._picture)
        kind = self.random.choice(kinds if depth < 4 else kinds[:1])
        return kind(depth)

    def _paragraph(self, _depth):
        return f"<p{self._attributes()}>{self._text()}</p>"

    def _wrapped(self, depth):
        tags = [
            self.random.choice(WRAPPERS) for _one in range(self.random.randint(1, 9))
        ]
        opened = "".join(f"<{tag}{self._attributes()}>" for tag in tags)
        closed = "".join(f"</{tag}>" for tag in reversed(tags))
        return f"<div>{opened}{self._text(4)}{closed}</div>"

    def _list(self, depth):
        items = "".join(
            f"<li{self._attributes()}>{self._text(5)}{self._maybe(depth)}</li>"
            for _one in range(self.random.randint(1, 4))
        )
        tag = self.random.choice(("ul", "ol", 'ol start="99999"'))
        return f"<{tag}{self._attributes()}>{items}</{tag.split()[0]}>"

    def _maybe(self, depth):
        return self._block(depth + 1) if self.random.random() < 0.3 else ""

    def _table(self, depth):
        width = self.random.choice((1, 2, 3, 5, 14, 40))
        rows = "".join(
            f"<tr{self._attributes()}>{self._cells(width, depth)}</tr>"
            for _one in range(self.random.randint(1, 4))
        )
        return f"<table{self._attributes()}>{rows}</table>"

    def _cells(self, width, depth):
        cells, column = [], 0
        while column < width:
            span = self.random.choice((1, 1, 1, 1, 1, 2, 900))
            spans = f' colspan="{span}"' if span > 1 else ""
            if self.random.random() < 0.1:
                spans += f' rowspan="{self.random.choice((2, 500))}"'
            words = self._text(3)
            nested = self._maybe(depth + 2) if width < 4 else ""
            cells.append(f"<td{spans}{self._attributes()}>{words}{nested}</td>")
            column += span
        return "".join(cells)

    def _picture(self, _depth):
        size = self.random.choice(((1, 1), (4000, 30), (30, 4000), (600, 500)))
        file = io.BytesIO()
        Image.new("RGB", size, "navy").save(file, "PNG")
        data = base64.b64encode(file.getvalue()).decode()
        return f'<img{self._attributes()} src="data:image/png;base64,{data}">'
