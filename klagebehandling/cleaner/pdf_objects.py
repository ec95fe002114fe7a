"""Looks through the objects of a PDF and takes out what tells who made it."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from . import jpeg, jpeg2000
from . import pdf_rules as rules
from .limits import CannotBeCleaned

CONTAINERS = (Array, Dictionary, Stream)
ENCODED = {"/DCTDecode": jpeg.strip, "/JPXDecode": jpeg2000.strip}


class Objects:
    def __init__(self, document, budget):
        self.document = document
        self.budget = budget

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

    def _walk(self, top):
        """Clean an object and what is written within it."""
        waiting = [top]
        while waiting:
            holder = waiting.pop()
            self.budget.take_object()
            if isinstance(holder, Array):
                children = list(holder)
                for number, child in enumerate(children):
                    if self._is_profile(child):
                        holder[number] = self._device_space(child)
            else:
                self._clean_dictionary(holder)
                keys = list(holder.keys())
                children = [holder[key] for key in keys]
            waiting += [
                child
                for child in children
                if isinstance(child, CONTAINERS) and not child.is_indirect
            ]

    def _clean_dictionary(self, holder):
        kind = str(holder.get("/Type", ""))
        subtype = str(holder.get("/Subtype", ""))
        if kind in rules.SIGNED or "/ByteRange" in holder:
            raise CannotBeCleaned("signed")
        for key in list(holder.keys()):
            is_remark = subtype in rules.REMARKS and key in rules.REMARK
            is_field = subtype == rules.FIELD and key in ("/M", "/NM")
            if key in rules.DROPPED or is_remark or is_field:
                del holder[key]
            elif self._is_profile(holder[key]):
                holder[key] = self._device_space(holder[key])
        self._clean_action(holder)
        if kind == "/OCG" and "/Usage" in holder:
            del holder["/Usage"]
        if isinstance(holder, Stream):
            self._clean_stream(holder)

    def _clean_action(self, holder):
        """Keep clicks within the document and to the web."""
        for key in ("/A", "/Next", "/PA"):
            action = holder.get(key)
            if not isinstance(action, Dictionary) or "/S" not in action:
                continue
            address = bytes(action["/URI"]) if "/URI" in action else b""
            is_shown = not address or (
                address.decode("latin-1").lower().startswith(rules.SHOWN_ADDRESSES)
            )
            if str(action["/S"]) not in rules.ACTIONS or not is_shown:
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
        """Clean a picture that is packed the way it is packed in a file of its own."""
        filters = stream.get("/Filter")
        names = [str(one) for one in filters] if isinstance(filters, Array) else []
        names = names or ([str(filters)] if filters is not None else [])
        if not names or names[-1] not in ENCODED:
            return
        strip = ENCODED[names[-1]]
        if len(names) == 1:
            packed = stream.read_raw_bytes()
        else:
            packed = stream.read_bytes(pikepdf.StreamDecodeLevel.generalized)
        parameters = stream.get("/DecodeParms")
        if isinstance(parameters, Array):
            parameters = parameters[-1]
        stream.write(strip(packed), filter=Name(names[-1]))
        if isinstance(parameters, Dictionary):
            stream["/DecodeParms"] = parameters
