"""What WeasyPrint leaves out of a tagged PDF, added before the file is written.

Each is asked for by a checker, and falls away where WeasyPrint does it.
"""

import re

# A file for the archive may name another standard where it says what the name means.
UA_NAMED = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the standard</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""

# Signs that a font for fields of a form claims to have, and that say nothing.
SAYS_NOTHING = re.compile(rb"<(?:0000|feff|fffe)>$", re.IGNORECASE)
PRINTED = 1 << 2


def finish(_document, pdf):
    """Complete a file of ``pydyf``, as the finisher of WeasyPrint's ``write_pdf``."""
    _name_ua(pdf)
    _scope_heads(pdf)
    _print_links(pdf)
    _say_signs(pdf)
    _keep_pictures(pdf)


def _at(pdf, reference):
    """The object behind a reference such as ``12 0 R``."""
    return pdf.objects[int(reference.split()[0])]


def _name_ua(pdf):
    """Name PDF/UA-1 beside PDF/A, in words that any program reads without unpacking."""
    if "Metadata" not in pdf.catalog:
        return
    metadata = _at(pdf, pdf.catalog["Metadata"])
    metadata.compress = False
    if b"pdfaid" in metadata.stream[0]:
        metadata.stream[0] = metadata.stream[0].replace(b"</rdf:RDF>", UA_NAMED)


def _scope_heads(pdf):
    """Say of each head of a table whether it stands over a column or before a row."""
    for head in pdf.objects:
        if not isinstance(head, dict) or head.get("S") != "/TH":
            continue
        row = _at(pdf, head["P"])
        cells = [_at(pdf, cell)["S"] for cell in row["K"]]
        is_of_row = "/TD" in cells and _at(pdf, row["P"])["S"] != "/THead"
        head["A"]["Scope"] = "/Row" if is_of_row else "/Column"


def _print_links(pdf):
    """What can be clicked is on paper too."""
    for annotation in pdf.objects:
        if isinstance(annotation, dict) and annotation.get("Type") == "/Annot":
            annotation.setdefault("F", PRINTED)


def _say_signs(pdf):
    """Let no sign of a font be read as one that does not exist."""
    for entry in pdf.objects:
        lines = getattr(entry, "stream", None) or [b""]
        if isinstance(lines[0], bytes) and lines[0].startswith(b"/CIDInit"):
            entry.stream = [SAYS_NOTHING.sub(b"<0020>", bytes(line)) for line in lines]


def _keep_pictures(pdf):
    """An archive shows the points of a picture as they are."""
    for entry in pdf.objects:
        extra = getattr(entry, "extra", None) or {}
        if extra.get("Subtype") == "/Image":
            extra["Interpolate"] = "false"
