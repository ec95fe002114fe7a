from odoo import api, models
from odoo.exceptions import AccessError

from ..journal_check import NOTES

CHECKERS = (
    "klagebehandling.group_auditor",
    "klagebehandling.group_manager",
    "klagebehandling.group_independent",
)
SHOWN = 8


class ComplaintJournal(models.Model):
    """Whether the journal is whole, in words that a person understands."""

    _inherit = "complaint.journal"

    def action_verify(self):
        """Check the journals of all cases that the user sees, whatever is selected.

        An auditor also gets to know about the organisation's journal and its anchors,
        in words that count nothing: the anchors bind cases that nobody else sees.

        :return: action that shows the answer
        :raises AccessError: for who may not check
        """
        self._check_may_verify()
        cases = self.env["complaint.case"].search(
            [("company_id", "in", self.env.companies.ids)]
        )
        check = self._new_check()
        findings = list(self._findings(check, cases.ids))
        if self.env.user.has_group(CHECKERS[0]):
            findings += self._auditor_findings()
        return self._show_answer(findings, self._say_whole(check, cases))

    @api.model
    def _check_may_verify(self):
        user = self.env.user
        if not self.env.su and not any(user.has_group(name) for name in CHECKERS):
            raise AccessError(
                self.env._(
                    "Managers, auditors and independent receivers check the journal."
                )
            )

    @api.model
    def _auditor_findings(self):
        Company = self.env["complaint.company.journal"]
        check = self._new_check()
        findings = list(Company._findings(check, self.env.companies.ids))
        return findings + list(self._keyless(check))

    @api.model
    def _say_whole(self, check, cases):
        told = {"cases": len(cases), "count": check.entries, "erased": check.erased}
        if len(cases) == 1:
            text = self.env._(
                "%(count)s entries, head %(mark)s.",
                mark=cases._journal_mark(),
                **told,
            )
        else:
            text = self.env._("%(cases)s cases with %(count)s entries.", **told)
        if check.erased:
            text += " " + self.env._("Texts erased as logged: %(erased)s.", **told)
        return text

    @api.model
    def _show_answer(self, findings, whole):
        serious = [one for one in findings if one.kind not in NOTES]
        lines = [] if serious else [whole]
        lines += [self._say_finding(one) for one in findings[:SHOWN]]
        if len(findings) > SHOWN:
            lines.append(self.env._("And %(count)s more.", count=len(findings) - SHOWN))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self._say_title({one.kind for one in serious}),
                "message": "\n".join(lines),
                "type": "danger" if serious else "success",
                "sticky": True,
            },
        }

    @api.model
    def _say_title(self, kinds):
        if not kinds:
            return self.env._("The journal is whole")
        if kinds == {"key"}:
            return self.env._("The journal cannot be checked")
        return self.env._("The journal is not whole")

    @api.model
    def _say_finding(self, finding):
        """One finding as a sentence, without names of people and without texts."""
        told = {
            "place": self._say_place(finding.reference),
            "number": finding.sequence,
        }
        return self._finding_sentences(told)[finding.kind]

    @api.model
    def _say_place(self, reference):
        word, _blank, number = reference.partition(" ")
        if word != "company":
            return reference
        company_sudo = self.env["res.company"].sudo().browse(int(number)).exists()
        return self.env._("Organisation %(name)s", name=company_sudo.name or number)

    @api.model
    def _finding_sentences(self, told):
        return {
            "added": self.env._(
                "%(place)s, entry %(number)s: it was added past the system.", **told
            ),
            "anchor": self.env._(
                "%(place)s, entry %(number)s: the entries that were anchored here are "
                "no longer as they were. Some were removed or exchanged.",
                **told,
            ),
            "changed": self.env._(
                "%(place)s, entry %(number)s: it was changed.", **told
            ),
            "head": self.env._(
                "%(place)s, entry %(number)s: the last entry is another one than "
                "is known.",
                **told,
            ),
            "key": self.env._(
                "%(number)s entries cannot be checked: the key with the mark "
                "%(place)s is not in the key ring. It does not mean that they were "
                "changed. Put the key back, then check again.",
                **told,
            ),
            "late": self.env._(
                "%(place)s: the nightly anchor has not been made for a week. Ask the "
                "administrator whether scheduled actions run.",
                **told,
            ),
            "missing": self.env._(
                "%(place)s, entry %(number)s: it is missing.", **told
            ),
            "order": self.env._(
                "%(place)s, entry %(number)s: it does not follow the one before it.",
                **told,
            ),
            "orphan": self.env._("%(place)s: the case of entries is gone.", **told),
            "plain": self.env._(
                "%(place)s, entry %(number)s: it was written without the key.", **told
            ),
            "set_back": self.env._(
                "%(place)s: entry %(number)s was there before and is not here. The "
                "database was set back, or entries were removed.",
                **told,
            ),
            "text": self.env._(
                "%(place)s, entry %(number)s: its text is gone, and no erasure was "
                "logged.",
                **told,
            ),
        }
