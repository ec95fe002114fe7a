"""What is pasted into a letter, brought into a form that fits on the sheet.

Plain Python, called by the letter: ``body`` decides which elements and attributes
stay, ``style`` which declarations, ``table`` how a table is laid out.
"""

from .body import fit

__all__ = ["fit"]
