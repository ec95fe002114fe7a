"""Whether something is seen on white paper."""

# From there on a colour is not told from the paper.
WHITE = 0xF3


def is_white(colour):
    """Whether a colour as ``RRGGBB``, ``AARRGGBB`` or ``#RRGGBB`` is almost white."""
    colour = (colour or "").lstrip("#")[-6:]
    try:
        parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    except ValueError:
        return False
    return len(colour) == 6 and min(parts) >= WHITE
