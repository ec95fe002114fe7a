from odoo import api, models

from odoo.addons.klagebehandling.sealing import receipt_code

from ... import form_token

# Signs of each answer.
LONGEST = {"wish": 4000, "reply_to": 1000}


class ComplaintPortalAccess(models.AbstractModel):
    """What somebody asks for on the page: read, and handed to the core."""

    _name = "complaint.portal.access"
    _description = "Asking for documents"

    @api.model
    def _read_asked(self, sent):
        """What was typed, as texts of one kind of lines.

        :param sent: fields of the request
        """
        clean = self.env["complaint.portal.form"]._clean
        return {name: clean(sent.get(name, "")).strip() for name in LONGEST}

    @api.model
    def _problems_of(self, asked, token):
        """What is wrong, by the name of the field; ``""`` for the whole page."""
        problems = self.env["complaint.portal.form"]._problems_of_form(token)
        if not asked["wish"]:
            problems["wish"] = self.env._("Write what you want to see.")
        for name, text in asked.items():
            if len(text) > LONGEST[name]:
                problems[name] = self.env._(
                    "This is too long. Write at most %(count)s signs.",
                    count=LONGEST[name],
                )
            if receipt_code.find(text):
                problems[name] = self.env._(
                    "This holds a code. Take it out: a code is for you alone."
                )
        return problems

    @api.model
    def _hand_over(self, unit, asked, token):
        """Ask the organisation; sent twice, it is one request.

        :return: the code that opens the answer
        """
        return self.env["complaint.access.request"]._ask(
            unit,
            asked["wish"],
            asked["reply_to"],
            self.env.lang,
            form_token.submission(token),
        )
