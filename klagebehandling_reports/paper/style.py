"""What of a pasted style survives on paper. Everything that is not named here goes.

A style from Word, Outlook or the web moves, hides and colours. On paper only emphasis
and alignment are kept, by their keywords, and colours that can be read.
"""

try:
    import tinycss2
    from tinycss2.color4 import parse_color
except ImportError:  # It comes with WeasyPrint; without it no style survives.
    tinycss2 = None

KEPT = {
    "font-style": {"italic", "oblique"},
    "font-weight": {"bold", "bolder", "600", "700", "800", "900"},
    "text-align": {"center", "end", "justify", "left", "right", "start"},
    "text-decoration": {"line-through", "underline"},
    "text-decoration-line": {"line-through", "underline"},
}
# WCAG 2.2, 1.4.3: between text and the white sheet.
CONTRAST = 4.5


def kept(style):
    """The declarations of a ``style`` attribute that survive, as such an attribute."""
    if not tinycss2 or not style:
        return ""
    declarations = tinycss2.parse_blocks_contents(
        style, skip_comments=True, skip_whitespace=True
    )
    pairs = [
        (declaration.lower_name, tinycss2.serialize(declaration.value).strip().lower())
        for declaration in declarations
        if declaration.type == "declaration"
    ]
    return "; ".join(
        f"{name}: {value}" for name, value in pairs if _is_kept(name, value)
    )


def _is_kept(name, value):
    if name == "color":
        return _is_readable(value)
    return value in KEPT.get(name, ())


def _is_readable(value):
    """Whether a colour is told from the white sheet, and from a grey copy of it."""
    colour = parse_color(value)
    if not colour or isinstance(colour, str) or colour.alpha < 1:
        return False
    try:
        red, green, blue = (_linear(part) for part in colour.to("srgb").coordinates)
    except NotImplementedError:  # A space that the library cannot convert.
        return False
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 1.05 / (luminance + 0.05) >= CONTRAST


def _linear(part):
    part = min(max(part or 0, 0), 1)
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
