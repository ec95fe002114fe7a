"""PowerPoint: slides, notes, and what is not shown of them."""

from .. import markup

CHOSEN = ("1", "true")
# Of a note: a shorter one is the number of the page.
SHORTEST = 3


class Reader:
    def __init__(self, package, notes):
        self.notes = notes
        self.size = None
        if "ppt/presentation.xml" in package:
            root = markup.parse(package.unpack("ppt/presentation.xml"))
            for one in root:
                if markup.local(one.tag) == "sldSz":
                    self.size = int(one.get("cx", 0)), int(one.get("cy", 0))

    def look(self, name, root):
        local = markup.local(root.tag)
        title = name.rpartition("/")[2].partition(".")[0]
        place = ("slide", title) if local in ("sld", "notes") else ("part", name)
        words = [_text(one) for one in root.iter() if markup.local(one.tag) == "p"]
        for text in words:
            self.notes.tell(text, *place)
        is_off = local == "sld" and root.get("show") in ("0", "false")
        has_words = any(len(text.strip()) > SHORTEST for text in words)
        if is_off or (local == "notes" and has_words):
            self.notes.find("hidden", *place, " ".join(words))
        if local == "sld":
            self._look_shapes(place, root)
        if not words:
            self.notes.tell(_text(root), *place)

    def _look_shapes(self, place, root):
        for element in root.iter():
            local = markup.local(element.tag)
            if local == "cNvPr":
                self.notes.tell(element.get("name"), *place)
                if element.get("hidden") in CHOSEN:
                    self.notes.find("hidden", *place, element.get("name", ""))
            elif local == "xfrm" and self._is_outside(element):
                self.notes.find(
                    "hidden", *place, _text(element.getparent().getparent())
                )

    def _is_outside(self, frame):
        places = {markup.local(one.tag): one for one in frame}
        if not self.size or "off" not in places or "ext" not in places:
            return False
        at = [int(places["off"].get(one, 0)) for one in ("x", "y")]
        size = [int(places["ext"].get(one, 0)) for one in ("cx", "cy")]
        return any(
            start >= whole or start + length <= 0
            for start, length, whole in zip(at, size, self.size, strict=True)
            if length
        )


def _text(element):
    return " ".join("".join(element.itertext()).split())
