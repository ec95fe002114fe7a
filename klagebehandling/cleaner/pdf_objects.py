"""Looks through the objects of a PDF and takes out what tells who made it."""

from pikepdf import Array, Dictionary, Name, Stream, String

from . import jpeg, jpeg2000, pdf_content
from . import pdf_rules as rules
from .limits import CannotBeCleaned

CONTAINERS = (Array, Dictionary, Stream)
ENCODED = {"/DCTDecode": jpeg.strip, "/JPXDecode": jpeg2000.strip}


class Objects:
    def __init__(self, document, budget):
        self.document = document
        self.budget = budget
        # Objects with names of their own, by number.
        self.named = set()

    def clean(self):
        root = self.document.Root
        self._refuse_signed(root)
        self._keep(root, rules.CATALOG)
        if "/Names" in root:
            self._keep(root.Names, rules.NAMES)
        for page in self.document.pages:
            self.budget.take_object()
            self._keep(page.obj, rules.PAGE)
            self._clean_remarks(page.obj)
            pdf_content.clean_page(self.document, page)
        for holder in self.document.objects:
            if isinstance(holder, Dictionary | Stream):
                self._find_named(holder)
        for holder in list(self.document.objects):
            if isinstance(holder, CONTAINERS):
                self._walk(holder)

    def _refuse_signed(self, root):
        form = root.get("/AcroForm")
        if "/Perms" in root or (form is not None and int(form.get("/SigFlags", 0)) & 1):
            raise CannotBeCleaned("signed")
        if form is not None and "/XFA" in form:
            raise CannotBeCleaned("embedded")
        if "/Collection" in root:
            raise CannotBeCleaned("embedded")

    def _keep(self, dictionary, keys):
        for key in list(dictionary.keys()):
            if key not in keys:
                del dictionary[key]

    def _clean_remarks(self, page):
        """Drop the remarks that hold something else than words and lines."""
        remarks = page.get("/Annots")
        if not isinstance(remarks, Array):
            return
        kept = [
            remark
            for remark in remarks
            if isinstance(remark, Dictionary)
            and str(remark.get("/Subtype")) in {rules.FIELD, *rules.REMARKS}
        ]
        page["/Annots"] = self.document.make_indirect(Array(kept))

    def _find_named(self, holder):
        """Note the objects whose keys are no keys of the format."""
        waiting = [holder]
        while waiting:
            holder = waiting.pop()
            for key, value in holder.items():
                if not isinstance(value, Dictionary | Stream):
                    continue
                if _is_named(key, value) and value.is_indirect:
                    self.named.add(value.objgen)
                elif not value.is_indirect:
                    waiting.append(value)

    def _walk(self, top):
        """Clean an object and what is written within it."""
        waiting = [(top, top.objgen in self.named)]
        while waiting:
            holder, is_named = waiting.pop()
            self.budget.take_object()
            if isinstance(holder, Array):
                children = [(None, child) for child in holder]
                for number, (_key, child) in enumerate(children):
                    if self._is_profile(child):
                        holder[number] = self._device_space(child)
            else:
                self._clean_dictionary(holder, is_named)
                children = list(holder.items())
            waiting += [
                (child, _is_named(key, child))
                for key, child in children
                if isinstance(child, CONTAINERS) and not child.is_indirect
            ]

    def _clean_dictionary(self, holder, is_named):
        kind = str(holder.get("/Type", ""))
        subtype = str(holder.get("/Subtype", ""))
        if kind in rules.SIGNED or "/ByteRange" in holder:
            raise CannotBeCleaned("signed")
        for key in list(holder.keys()):
            is_remark = subtype in rules.REMARKS and key in rules.REMARK
            is_field = subtype == rules.FIELD and key in ("/M", "/NM")
            is_listed = (
                not isinstance(holder[key], String)
                if is_named
                else self._is_listed(kind, key, holder[key])
            )
            if not is_listed or is_remark or is_field:
                del holder[key]
            elif self._is_profile(holder[key]):
                holder[key] = self._device_space(holder[key])
        self._clean_action(holder)
        if kind == "/OCG" and "/Usage" in holder:
            del holder["/Usage"]
        if isinstance(holder, Stream):
            self._clean_stream(holder)

    def _is_listed(self, kind, key, value):
        if key == "/F":
            return isinstance(value, int)  # else the name of a file
        return key in rules.KEYS or _is_page(kind, key) or self._is_root(key, value)

    def _is_root(self, key, value):
        """Whether it is the way from the list of all objects to the document."""
        is_way = key == "/Root" and isinstance(value, Dictionary)
        return is_way and value.objgen == self.document.Root.objgen

    def _clean_action(self, holder):
        """Keep clicks within the document and to the web."""
        for key in ("/A", "/Next", "/PA"):
            action = holder.get(key)
            if isinstance(action, Array):
                holder[key] = Array([one for one in action if _is_shown(one)])
            elif not _is_shown(action):
                del holder[key]

    def _is_profile(self, value):
        return (
            isinstance(value, Array)
            and len(value) > 1
            and value[0] == Name("/ICCBased")
            and isinstance(value[1], Stream)
        )

    def _device_space(self, space):
        """The plain colours instead of the profile of somebody's screen."""
        count = int(space[1].get("/N", 0))
        if count not in rules.DEVICE_SPACES:
            raise CannotBeCleaned("unreadable")
        return Name(rules.DEVICE_SPACES[count])

    def _clean_stream(self, stream):
        """Clean what is written in it, or packed as it is in a file of its own."""
        pdf_content.clean_stream(self.document, stream)
        filters = stream.get("/Filter")
        names = [str(one) for one in filters] if isinstance(filters, Array) else []
        names = names or ([str(filters)] if filters is not None else [])
        if not names or names[-1] not in ENCODED:
            return
        strip = ENCODED[names[-1]]
        if len(names) == 1:
            packed = stream.read_raw_bytes()
        else:
            packed = self._unpack(stream, names[:-1])
        parameters = stream.get("/DecodeParms")
        if isinstance(parameters, Array):
            parameters = parameters[-1]
        stream.write(strip(packed), filter=Name(names[-1]))
        if isinstance(parameters, Dictionary):
            stream["/DecodeParms"] = parameters

    def _unpack(self, stream, names):
        """The bytes of a picture that was packed once more."""
        outer = self.document.make_stream(b"")
        outer.write(stream.read_raw_bytes(), filter=Array(list(map(Name, names))))
        parameters = stream.get("/DecodeParms")
        if isinstance(parameters, Array):
            outer["/DecodeParms"] = Array(list(parameters)[:-1])
        self.budget.take_bytes(len(outer.get_stream_buffer()))
        return outer.read_bytes()


def _is_named(key, value):
    """Whether the keys of a dictionary are names, as of the fonts of a page."""
    if not isinstance(value, Dictionary) or isinstance(value, Stream):
        return False
    is_look = key in rules.LOOKS and all(
        isinstance(state, Stream) for state in value.values()
    )
    is_letters = key == "/Encoding" and not rules.ENCODING & set(value.keys())
    return key in rules.NAMED or is_look or is_letters


def _is_page(kind, key):
    if kind == "/Catalog":
        return key in rules.CATALOG
    return kind in ("/Page", "/Pages") and key in rules.PAGE


def _is_shown(action):
    """Whether an action, if it is one, leads to where a reader may go."""
    if not isinstance(action, Dictionary) or "/S" not in action:
        return True
    if str(action["/S"]) not in rules.ACTIONS:
        return False
    address = bytes(action["/URI"]) if "/URI" in action else b""
    words = address.decode("latin-1").lower()
    return not words or words.startswith(rules.SHOWN_ADDRESSES)
