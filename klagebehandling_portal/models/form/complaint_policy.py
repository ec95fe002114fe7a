from odoo import models, tools
from odoo.tools import format_date

# What the form is called: the first of these that there is.
TITLES = ("form_title", "brand", "name")
# The texts of a procedure that the public reads.
SPOKEN = (
    *TITLES,
    "form_body",
    "adopting_body",
    "recommending_body",
    "purpose",
    "scope",
    "definitions",
    "welcome_text",
    "protection_text",
    "anonymity_text",
    "exclusions_text",
    "copy_text",
    "public_record_text",
    "privacy_text",
    "steps_text",
    "onward_text",
)


class ComplaintPolicy(models.Model):
    _inherit = "complaint.policy"

    def _form_title(self):
        """The heading of the public form: its own, else what the public knows."""
        return next((self[one] for one in TITLES if self[one]), "")

    def _other_ways(self):
        """The offered ways beside the form, with how to use them (B-17).

        :return: dicts with ``name``, ``instructions``, ``address`` (of ``_address``)
            and ``is_anonymous``
        """
        self.ensure_one()
        ways = self.channel_ids.filtered(
            lambda way: way.is_offered and way.channel != "web"
        )
        labels = dict(ways._fields["channel"]._description_selection(self.env))
        language = self.env["complaint.portal.page"]._language_of
        return [
            {
                "name": labels[way.channel],
                "instructions": way.instructions,
                "lang": language(way, "instructions", self.lang),
                "address": way._address(),
                "is_anonymous": way.anonymity_allowed,
            }
            for way in ways
        ]

    def _adoption(self):
        """Who adopted the procedure, when, and under which number: lines of text."""
        self.ensure_one()
        steps = (
            (self.adopting_body, self.adopted_on),
            (self.recommending_body, self.recommended_on),
        )
        lines = [
            ", ".join(filter(None, (body, day and format_date(self.env, day))))
            for body, day in steps
        ]
        return [line for line in (*lines, self.decision_reference) if line]

    @tools.ormcache("self.id", "self.env.lang")
    def _languages(self):
        """The short languages of what is not in the page's: dict from field name."""
        language = self.env["complaint.portal.page"]._language_of
        spoken = {name: language(self, name, self.lang) for name in SPOKEN}
        return {name: lang for name, lang in spoken.items() if lang}

    def _language_of_title(self):
        """The short language of ``_form_title``, where it is not the page's."""
        name = next((one for one in TITLES if self[one]), "name")
        return self._languages().get(name)
