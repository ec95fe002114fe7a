from odoo import api, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# Where one who leaves at once is led: what everybody looks at, in each language.
EXITS = {
    "nb": "https://www.yr.no/",
    "sv": "https://www.smhi.se/",
    "en": "https://www.bbc.com/weather",
}
COVER, EMPTY = "cover", "empty"
# What becomes of a page that nobody uses for five minutes. What somebody may be
# writing is covered, and can be shown again; a case that was opened by its code goes.
IDLE = {
    "form_page": COVER,
    "easy_page": COVER,
    "receipt_page": COVER,
    "my_complaints_page": COVER,
    "my_signed_out_page": COVER,
    "naming_page": EMPTY,
    "status_page": EMPTY,
}
# What the history of the browser calls a page: nothing about a complaint.
TAB_TITLES = {
    "form_page": _lt("Form"),
    "easy_page": _lt("Form"),
    "receipt_page": _lt("Sent"),
    "receipt_gone_page": _lt("Sent"),
    "status_page": _lt("Status"),
    "naming_page": _lt("Status"),
    "organisations_page": _lt("Choose a form"),
    "my_complaints_page": _lt("My pages"),
    "my_signed_out_page": _lt("Signed out"),
}
OTHER_TAB = _lt("Page")


class ComplaintPortalPage(models.AbstractModel):
    """Pages on a screen that others may see: left at once, or left alone."""

    _inherit = "complaint.portal.page"

    @api.model
    def _html(self, template, values):
        values = {
            "tab_title": self.env._(TAB_TITLES.get(template, OTHER_TAB)),
            "exit_url": self._exit_url(),
            "idle": self._idle(template, values),
            **values,
        }
        return super()._html(template, values)

    def _exit_url(self):
        lang = (self.env.lang or "en_US").partition("_")[0]
        return EXITS.get(lang, EXITS["en"])

    def _idle(self, template, values):
        """``cover``, ``empty`` or nothing, for who leaves the page alone.

        Signed in, no code would be asked again. A code that is shown only now must not
        be lost.
        """
        idle = IDLE.get(template)
        if template == "status_page" and not values.get("case"):
            return None
        done = (values.get("dialogue") or {}).get("done") or {}
        if idle == EMPTY and (values.get("is_signed_in") or done.get("receipt")):
            return COVER
        return idle
