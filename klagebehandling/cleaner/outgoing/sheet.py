"""Excel: cells row by row, and what of them is not shown."""

from .. import markup
from . import colours

SMALLEST = 2.0
CHOSEN = ("1", "true")
# Headings of what is printed, rules with a text.
SAID = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader")
SAID += ("firstFooter", "formula", "formula1")


class Reader:
    def __init__(self, package, notes):
        self.notes = notes
        self.strings, self.unseen, self.names = [], set(), {}
        if "xl/sharedStrings.xml" in package:
            root = markup.parse(package.unpack("xl/sharedStrings.xml"))
            self.strings = [_text(item) for item in root]
        if "xl/styles.xml" in package:
            self._read_styles(markup.parse(package.unpack("xl/styles.xml")))

    def look(self, name, root):
        if name in ("xl/styles.xml",):
            return
        local = markup.local(root.tag)
        if local == "workbook":
            self._look_workbook(name, root)
        elif local in ("worksheet", "chartsheet", "dialogsheet"):
            self._look_sheet(name.rpartition("/")[2].partition(".")[0], root)
        elif local == "sst":
            for item in self.strings:
                self.notes.tell(item, "part", name)
        else:
            self.notes.tell(_text(root), "part", name)

    def _look_workbook(self, name, root):
        for element in root.iter():
            local = markup.local(element.tag)
            if local == "sheet":
                title = element.get("name", "")
                self.notes.tell(title, "sheet", title)
                if element.get("state", "visible") != "visible":
                    self.notes.find("hidden", "sheet", title, title)
            elif local == "definedName":
                title = element.get("name", "")
                self.notes.tell(f"{title} {element.text or ''}", "part", name)
                is_own = not title.startswith("_xlnm")
                if element.get("hidden") in CHOSEN and is_own:
                    self.notes.find("hidden", "part", name, title)
            elif local in ("absPath", "fileSharing", "customWorkbookView"):
                values = " ".join(element.attrib.values())
                self.notes.find("metadata", "part", name, values)
                self.notes.tell(values, "part", name)

    def _look_sheet(self, title, root):
        for element in root.iter():
            local = markup.local(element.tag)
            if local == "col":
                self._look_column(title, element)
            elif local == "row":
                self._look_row(title, element)
            elif local in SAID:
                self.notes.tell(element.text, "sheet", title)
            elif local in ("dataValidation", "hyperlink"):
                self.notes.tell(" ".join(element.attrib.values()), "sheet", title)

    def _look_column(self, title, column):
        is_shut = column.get("width") in ("0", "0.0")
        if column.get("hidden") in CHOSEN or is_shut:
            where = f"{title} {column.get('min')}:{column.get('max')}"
            self.notes.find("hidden", "sheet", where)

    def _look_row(self, title, row):
        where, texts = f"{title} {row.get('r', '')}", []
        for cell in row:
            text = self._cell(cell)
            texts.append(text)
            is_unseen = cell.get("s") in self.unseen
            if is_unseen and text.strip():
                self.notes.find("hidden", "row", where, text)
        self.notes.tell(" ".join(texts), "row", where)
        if row.get("hidden") in CHOSEN or row.get("ht") in ("0", "0.0"):
            self.notes.find("hidden", "row", where, " ".join(texts))

    def _cell(self, cell):
        words = []
        for one in cell:
            local = markup.local(one.tag)
            if local == "v" and cell.get("t") == "s":
                at = int(one.text or 0)
                words.append(self.strings[at] if at < len(self.strings) else "")
            elif local in ("v", "f"):
                words.append(one.text or "")
            else:
                words.append(_text(one))
        return " ".join(filter(None, words))

    def _read_styles(self, root):
        parts = {markup.local(one.tag): one for one in root}
        fonts = [self._is_unseen_font(one) for one in parts.get("fonts", ())]
        filled = [_is_filled(one) for one in parts.get("fills", ())]
        formats = {
            one.get("numFmtId")
            for one in parts.get("numFmts", ())
            if not one.get("formatCode", "x").strip("; ")
        }
        for number, style in enumerate(parts.get("cellXfs", ())):
            font, fill = int(style.get("fontId", 0)), int(style.get("fillId", 0))
            is_pale = font < len(fonts) and fonts[font]
            has_ground = fill < len(filled) and filled[fill]
            if (is_pale and not has_ground) or style.get("numFmtId") in formats:
                self.unseen.add(str(number))

    def _is_unseen_font(self, font):
        for one in font:
            local = markup.local(one.tag)
            if local == "sz" and float(one.get("val", 11)) <= SMALLEST:
                return True
            if local == "color" and (
                colours.is_white(one.get("rgb"))
                or (one.get("theme") == "0" and not one.get("tint"))
            ):
                return True
        return False


def _is_filled(fill):
    for pattern in fill:
        if markup.local(pattern.tag) == "gradientFill":
            return True
        if pattern.get("patternType", "none") in ("none", "gray125"):
            continue
        ground = [one for one in pattern if markup.local(one.tag) == "fgColor"]
        return not (ground and colours.is_white(ground[0].get("rgb")))
    return False


def _text(element):
    """The words of an element; those of one piece are set together."""
    return "".join(
        (one.text or "") + (" " if markup.local(one.tag) in ("p", "si", "c") else "")
        for one in element.iter()
        if not isinstance(one.tag, str) or one.text
    )
