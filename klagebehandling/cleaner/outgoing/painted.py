"""A page of a PDF as it is painted: which text nobody sees.

Texts are points with a colour, what is filled and pictures are areas. A text is not
seen where it is drawn invisible, tiny, off the page, in the colour of what lies behind
it, or where something is painted over it later.
"""

import pikepdf

INVISIBLE = (3, 7)
SMALLEST = 1.5
# So far are two greys apart that somebody sees both.
CONTRAST = 0.08
WHOLE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
DEPTH = 4
MOST_AREAS = 400
FILLS = ("f", "F", "f*", "B", "B*", "b", "b*")
ENDS = (*FILLS, "S", "s", "n")
SHOWS = ("Tj", "TJ", "'", '"')


def times(one, other):
    """One transformation after the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def grey(parts):
    """How light a colour is, from 0 to 1."""
    parts = [float(one) for one in parts]
    if len(parts) == 4:
        parts = [(1 - one) * (1 - parts[3]) for one in parts[:3]]
    if len(parts) != 3:
        return parts[0] if parts else 0.0
    return 0.3 * parts[0] + 0.59 * parts[1] + 0.11 * parts[2]


class Painter:
    """Goes through what a page draws, in its order."""

    def __init__(self, page, number, notes):
        self.page, self.number, self.notes = page, number, notes
        self.box = [float(one) for one in page.cropbox]
        self.areas, self.texts = [], []
        self.state = {"at": WHOLE, "fill": 0.0, "mode": 0, "size": 1.0}
        self.stack = []

    def paint(self):
        self._run(self.page, self.page.get("/Resources", {}), 0)
        for point, order in self.texts:
            if any(
                order < later and _holds(area, point)
                for later, area, _grey in self.areas
            ):
                self.notes.find("covered", "page", self.number)
                return

    def _run(self, content, resources, depth):
        path = []
        for operands, operator in pikepdf.parse_content_stream(content):
            self.notes.budget.take_object()
            name = str(operator)
            if name == "re":
                path.append(_floats(operands))
            elif name in ENDS:
                for one in path if name in FILLS else ():
                    self._fill(one)
                path = []
            elif name == "Do":
                self._draw(resources, str(operands[0]), depth)
            elif name in ("q", "Q", "cm"):
                self._place(name, operands)
            else:
                self._write(name, operands)

    def _place(self, name, operands):
        if name == "q":
            self.stack.append(dict(self.state))
        elif name == "cm":
            self.state["at"] = times(_floats(operands), self.state["at"])
        elif self.stack:
            self.state = self.stack.pop()

    def _fill(self, box):
        x, y, width, height = box
        corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
        self._cover(corners, self.state["fill"])

    def _cover(self, corners, colour):
        points = [_move(self.state["at"], *one) for one in corners]
        across, up = zip(*points, strict=True)
        area = min(across), min(up), max(across), max(up)
        if len(self.areas) < MOST_AREAS:
            order = len(self.texts) + len(self.areas)
            self.areas.append((order, area, colour))

    def _draw(self, resources, name, depth):
        drawn = resources.get("/XObject", {}).get(name)
        if drawn is None:
            return
        if drawn.get("/Subtype") == "/Image":
            self._cover([(0, 0), (1, 0), (0, 1), (1, 1)], None)
        elif depth < DEPTH:
            before, self.stack = (dict(self.state), self.stack), []
            matrix = drawn.get("/Matrix")
            if matrix is not None:
                self.state["at"] = times(_floats(matrix), self.state["at"])
            self._run(drawn, drawn.get("/Resources", resources), depth + 1)
            self.state, self.stack = before

    def _write(self, name, operands):
        state = self.state
        if name == "BT":
            state["text"] = state["line"] = WHOLE
        elif name == "Tm":
            state["text"] = state["line"] = _floats(operands)
        elif name in ("Td", "TD"):
            step = (1.0, 0.0, 0.0, 1.0, *_floats(operands))
            state["line"] = state["text"] = times(step, state.get("line", WHOLE))
        elif name == "Tf":
            state["size"] = float(operands[1])
        elif name == "Tr":
            state["mode"] = int(operands[0])
        elif name in ("g", "rg", "k", "sc", "scn"):
            numbers = [one for one in operands if not isinstance(one, pikepdf.Name)]
            state["fill"] = grey(numbers)
        elif name in SHOWS:
            self._show(operands)

    def _show(self, operands):
        shown = operands[-1]
        pieces = shown if isinstance(shown, pikepdf.Array) else [shown]
        if not any(isinstance(one, pikepdf.String) and bytes(one) for one in pieces):
            return
        state = self.state
        at = times(state.get("text", WHOLE), state["at"])
        # A bit above the line, within the letters.
        size = abs(state["size"]) * (abs(at[0]) + abs(at[1]) or abs(at[3]))
        point = _move(at, state["size"] * 0.3, state["size"] * 0.3)
        if state["mode"] in INVISIBLE or size <= SMALLEST or self._is_off(point):
            self.notes.find("hidden", "page", self.number)
            return
        behind = [grey for _o, area, grey in self.areas if _holds(area, point)]
        ground = behind[-1] if behind else 1.0
        if ground is not None and abs(ground - state["fill"]) < CONTRAST:
            self.notes.find("hidden", "page", self.number)
        self.texts.append((point, len(self.texts) + len(self.areas)))

    def _is_off(self, point):
        left, low, right, high = self.box
        return not (left <= point[0] <= right and low <= point[1] <= high)


def _floats(operands):
    return tuple(float(one) for one in operands)


def _move(at, x, y):
    return at[0] * x + at[2] * y + at[4], at[1] * x + at[3] * y + at[5]


def _holds(area, point):
    return area[0] <= point[0] <= area[2] and area[1] <= point[1] <= area[3]
