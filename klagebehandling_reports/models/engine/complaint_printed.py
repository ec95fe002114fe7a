from odoo import api, models
from odoo.exceptions import AccessError

# Of a copy that is kept under the key.
SEALED = "application/octet-stream"


class ComplaintPrinted(models.AbstractModel):
    """A document whose printing is evidence: checked before, recorded after."""

    _name = "complaint.printed"
    _description = "Printed with evidence"

    def _check_printable(self):
        """Hook: raise where the user may not print, or the document cannot be.

        Missing and hidden documents are refused in the same words.
        """
        if len(self.exists()._filtered_access("read")) < len(self):
            raise AccessError(
                self.env._("There is no such document, or it is not yours to print.")
            )

    def _on_printed(self, content, is_reprint):
        """Hook: record one printing.

        :param content: the bytes of the PDF
        :param is_reprint: whether they are those of an earlier printing
        """

    def _on_shown(self, content):
        """Hook: record that the page was laid out for a screen, to be printed there.

        :param content: the bytes of the page
        """

    def _print_name(self):
        """Hook: the file name, without any name of a person."""
        raise NotImplementedError

    def _kept_name(self):
        """The name of the kept copy; empty where no copy is kept."""
        return f"{self._print_name()}.pdf.sealed"

    @api.model
    def _page_words(self):
        """What stands before, between and after the page numbers, for the style."""
        words = self.env._("Page %(page)s of %(pages)s", page="\n", pages="\n")
        return [*words.split("\n"), "", ""][:3]
