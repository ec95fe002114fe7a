"""Word: paragraphs, tracked changes, text that is not shown."""

from .. import markup
from . import colours

TRACKED = {"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"}
TRACKED |= {"numberingChange", "delText", "delInstrText"}
REMARKS = ("commentReference", "annotationRef")
NAMED = ("tag", "alias", "bookmarkStart", "docPr")
SETTINGS = {"docVar", "attachedTemplate", "mailMerge"}
VANISHING = ("vanish", "webHidden", "specVanish")
# In half points: nobody reads what is smaller.
SMALLEST = 4
OFF = ("0", "false", "off", "none")


class Reader:
    def __init__(self, package, notes):
        self.notes = notes
        self.unseen_styles = {}
        if "word/styles.xml" in package:
            self._read_styles(markup.parse(package.unpack("word/styles.xml")))

    def look(self, name, root):
        if name == "word/styles.xml":
            return
        if name == "word/settings.xml":
            self._look_settings(name, root)
            return
        number = 0
        for element in root.iter():
            if markup.local(element.tag) == "p":
                number += 1
                # A name that is set in several pieces is one text.
                self.notes.tell(_text(element), *self._place(name, number))
            else:
                self._look_element(self._place(name, number), element)
        if not number:
            self.notes.tell(_text(root), "part", name)

    def _look_element(self, place, element):
        local = markup.local(element.tag)
        if local in TRACKED or local.endswith("PrChange"):
            self.notes.find("tracked", *place, _text(element))
        elif local in REMARKS:
            self.notes.find("comment", *place)
        elif local == "r":
            self._look_run(place, element)
        elif local == "hidden" and markup.local(element.getparent().tag) == "trPr":
            row = element.getparent().getparent()
            self.notes.find("hidden", *place, _text(row))
        elif local in NAMED:
            for key, value in element.attrib.items():
                if markup.local(key) in ("val", "name"):
                    self.notes.tell(value, *place)

    def _place(self, name, number):
        if name == "word/document.xml":
            return "paragraph", number
        return "part", name

    def _look_run(self, place, run):
        text = _text(run)
        if text.strip() and self._is_unseen(run):
            self.notes.find("hidden", *place, text)

    def _is_unseen(self, run):
        how = _child(run, "rPr")
        paragraph = next(
            (one for one in run.iterancestors() if markup.local(one.tag) == "p"), None
        )
        layout = None if paragraph is None else _child(paragraph, "pPr")
        styles = [_value(how, "rStyle"), _value(layout, "pStyle")]
        unseen = [
            self.unseen_styles[one] for one in styles if one in self.unseen_styles
        ]
        own = _unseen(how)
        if any("vanish" in one for one in (own, *unseen)):
            return not _is_off(how, "vanish")
        if "small" in own or any("small" in one for one in unseen):
            return True
        is_white = "white" in own or (
            any("white" in one for one in unseen) and _child(how, "color") is None
        )
        return is_white and not _is_shaded(run)

    def _read_styles(self, root):
        for style in root:
            if markup.local(style.tag) != "style":
                continue
            unseen = _unseen(_child(style, "rPr"))
            if unseen:
                key = next(
                    value
                    for name, value in style.attrib.items()
                    if markup.local(name) == "styleId"
                )
                self.unseen_styles[key] = unseen

    def _look_settings(self, name, root):
        for element in root.iter():
            local = markup.local(element.tag)
            if local in SETTINGS:
                values = " ".join(element.attrib.values())
                self.notes.find("metadata", "part", name, f"{local} {values}")
                self.notes.tell(values, "part", name)


def _text(element):
    """The words of an element: a piece of a word is set beside the next one."""
    words = []
    for one in element.iter():
        local = markup.local(one.tag)
        if local in ("t", "delText", "instrText", "delInstrText"):
            words.append(one.text or "")
        elif local in ("tab", "br", "cr", "p"):
            words.append(" ")
    return "".join(words)


def _child(element, name):
    if element is None:
        return None
    return next((one for one in element if markup.local(one.tag) == name), None)


def _value(element, name):
    child = _child(element, name)
    if child is None:
        return None
    values = [
        value for key, value in child.attrib.items() if markup.local(key) == "val"
    ]
    return values[0] if values else ""


def _is_off(how, name):
    return (_value(how, name) or "").lower() in OFF and _child(how, name) is not None


def _unseen(how):
    """By what a run with these properties is not seen."""
    unseen = set()
    if how is None:
        return unseen
    if any(_child(how, one) is not None and not _is_off(how, one) for one in VANISHING):
        unseen.add("vanish")
    size = _value(how, "sz")
    if size and size.isdigit() and int(size) <= SMALLEST:
        unseen.add("small")
    colour = _child(how, "color")
    if colour is not None:
        values = {markup.local(key): value for key, value in colour.attrib.items()}
        is_theme = values.get("themeColor") in ("background1", "light1", "bg1", "lt1")
        if colours.is_white(values.get("val")) or (
            is_theme and "themeShade" not in values
        ):
            unseen.add("white")
    return unseen


def _is_shaded(run):
    """Whether something dark lies behind the run: a cell, a paragraph, a mark."""
    for one in (run, *run.iterancestors()):
        for name in ("rPr", "pPr", "tcPr", "tblPr"):
            behind = _child(_child(one, name), "shd")
            if behind is not None:
                fill = {markup.local(k): v for k, v in behind.attrib.items()}
                colour = fill.get("fill", "auto")
                is_plain = colour in ("auto", "") and "themeFill" not in fill
                if not is_plain and not colours.is_white(colour):
                    return True
        if _child(_child(one, "rPr"), "highlight") is not None:
            return True
    return False
