from odoo import fields, models

from .complaint_listed import Content

# Of the columns of a spreadsheet, in signs.
WIDTHS = {
    "registry_number": 20,
    "received_on": 14,
    "registered_on": 14,
    "sender": 36,
    "matter": 60,
    "cancelled_on": 14,
}


class ComplaintRegisterExtract(models.TransientModel):
    """The registrar's extract as a page, PDF and spreadsheet too (B-20, B-27).

    What stands in it, and in which language, is the register's: whoever takes it out
    gets the same bytes the same day.
    """

    _name = "complaint.register.extract"
    _inherit = ["complaint.register.extract", "complaint.listed"]
    _list_report = "complaint_register_extract_report"

    def _check_printable(self):
        super()._check_printable()
        self.env["complaint.registration"].check_access("read")

    def _registrations(self):
        """The register of the organisation, in the language of its procedure."""
        lang = self._listed_lang()
        return self.env["complaint.registration"].with_context(lang=lang)

    def _numbering(self):
        policies = self.env["complaint.policy"].sudo()
        return policies._numbering(self.env.company)

    def _count(self, most=None):
        period = self.env.company, self.first, self.last
        return len(self._registrations()._extracted(*period, limit=most))

    def _list_content(self):
        register, company = self._registrations(), self.env.company
        names = self._columns()
        rows = register._extract(company, self.first, self.last, names)
        labels = register._extract_labels(company, names)
        return Content([*labels.values()], [[*row.values()] for row in rows], [])

    def _facts(self):
        env, say = self._registrations().env, self._say_day()
        return {
            "title": (
                env._("Public journal")
                if self.is_public_journal
                else env._("Extract of the register")
            ),
            "author": env.company.sudo().name,
            "sheets": (env._("List"), env._("About")),
            "facts": [
                (env._("Organisation"), env.company.sudo().name),
                (
                    env._("Registered"),
                    env._(
                        "%(first)s to %(last)s",
                        first=say(self.first),
                        last=say(self.last),
                    ),
                ),
                (env._("Made on"), say(self._made_on())),
                (env._("Number of entries"), str(self._count())),
            ],
            "notes": [
                self._say_blank(env),
                env._("What was registered by mistake is cancelled and keeps its row."),
            ],
        }

    def _say_blank(self, env):
        if self.is_public_journal:
            return env._(
                "All of it was received; what was sent is not in it. Nobody is named. "
                "The matter is blank where it is secret; where secrecy is the rule, in "
                "every row."
            )
        return env._(
            "Sender and matter are blank where they are secret; where secrecy is the "
            "rule, in every row."
        )

    def _widths(self):
        return tuple(WIDTHS[name] for name in self._columns())

    def _listed_kind(self):
        return "journal" if self.is_public_journal else "extract"

    def _listed_lang(self):
        return self._numbering().lang or "en_US"

    def _made_on(self):
        policy = self._numbering()
        # An organisation whose numbers do not run has an empty register.
        return policy._today() if policy else fields.Date.today()

    def _listed_unit(self):
        return self._numbering()._top_unit()

    def _note_taken(self, form, content):
        self.env["complaint.journal"]._log_company(
            self.env.company,
            "register_extracted",
            **self._taken(),
            form=form,
            digest=self._digest_of(content),
        )
