"""Where each word and picture of a PDF lies on its sheet, read from the file itself."""

import io
import re
from dataclasses import dataclass

import pikepdf

MM = 72 / 25.4
HEX = re.compile(rb"<([0-9a-fA-F]+)> <([0-9a-fA-F]*)>")


@dataclass
class Printed:
    """A run of text, or a picture without text: millimetres from left and top."""

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float

    def covers(self, other, slack=0.4):
        """Whether two things lie over each other."""
        return (
            self.page == other.page
            and min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.bottom, other.bottom) - max(self.top, other.top) > slack
        )


class _Font:
    """How wide the signs of an embedded font are, and what they say."""

    def __init__(self, font):
        self.says = {}
        self.width = {}
        for code, text in HEX.findall(font.ToUnicode.read_bytes()):
            self.says[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
        widths = list(font.DescendantFonts[0].W)
        while widths:
            first, given = int(widths.pop(0)), widths.pop(0)
            for step, width in enumerate(given):
                self.width[first + step] = float(width)


def read(pdf):
    """All that is printed, in the order of the file, as a list of ``Printed``."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fonts = {}
        for number, page in enumerate(opened.pages):
            found += _Page(number, page, fonts).follow()
    return found


class _Page:
    """Follows the operators of a page: where the pen is, and in which font."""

    def __init__(self, number, page, fonts):
        self.number, self.page, self.fonts = number, page, fonts
        self.height = float(page.mediabox[3])
        self.place, self.kept = pikepdf.Matrix(), []
        self.text, self.font, self.size = pikepdf.Matrix(), None, 0
        self.found = []

    def follow(self):
        steps = {
            "q": lambda: self.kept.append(self.place),
            "Q": self._restore,
            "cm": self._move,
            "Tm": self._move_text,
            "Tf": self._choose,
            "TJ": self._write,
            "Tj": lambda text: self._write([text]),
            "Do": self._draw,
        }
        for operands, operator in pikepdf.parse_content_stream(self.page):
            if step := steps.get(str(operator)):
                step(*operands)
        return self.found

    def _restore(self):
        self.place = self.kept.pop()

    def _move(self, *numbers):
        self.place = pikepdf.Matrix(*map(float, numbers)) @ self.place

    def _move_text(self, *numbers):
        self.text = pikepdf.Matrix(*map(float, numbers))

    def _choose(self, name, size):
        if name not in self.fonts:
            self.fonts[name] = _Font(self.page.resources.Font[name])
        self.font, self.size = self.fonts[name], float(size)

    def _write(self, parts):
        said, wide = "", 0
        for part in parts:
            if isinstance(part, pikepdf.String):
                codes = bytes(part)
                for at in range(0, len(codes), 2):
                    code = int.from_bytes(codes[at : at + 2], "big")
                    said += self.font.says.get(code, "\ufffd")
                    wide += self.font.width.get(code, 0) * self.size / 1000
            else:
                wide -= float(part) * self.size / 1000
        if said.strip():
            corners = [(0, -0.2 * self.size), (wide, 0.7 * self.size)]
            self._note(said, self.text @ self.place, corners)
        self.text = pikepdf.Matrix(1, 0, 0, 1, wide, 0) @ self.text

    def _draw(self, name):
        if self.page.resources.XObject[name].Subtype == "/Image":
            self._note("", self.place, [(0, 0), (1, 1)])

    def _note(self, text, matrix, corners):
        points = [matrix.transform(corner) for corner in corners]
        across = [float(x) / MM for x, _y in points]
        down = [(self.height - float(y)) / MM for _x, y in points]
        self.found.append(
            Printed(self.number, text, min(across), max(across), min(down), max(down))
        )
