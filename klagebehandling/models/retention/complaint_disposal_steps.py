from odoo import api, fields, models
from odoo.tools import SQL

# A step is one transaction for some cases: (before, after). Killed between two of them,
# the next run goes on from there.
STEPS = (("approved", "identity"), ("identity", "words"), ("words", "disposed"))
FEW = 50
# Who somebody is, and who asked.
IDENTITIES = ("complaint.party", "complaint.identity.request")


class ComplaintDisposal(models.Model):
    """Carries out what was approved: identities, then words and files, then the rest.

    What remains of a case is its row with dates and codes, the rows that figures count,
    and its journal without texts.
    """

    _inherit = "complaint.disposal"

    @api.model
    def _cron_keep_terms(self):
        """Take back, carry out and propose each night; catches up what was missed."""
        cron = self.env["ir.cron"]
        self._take_back()
        for before, after in STEPS:
            while rows := self._next_rows(before):
                rows._take_step(after)
                if not cron._commit_progress(len(rows)):
                    return
        while count := self._propose():
            if not cron._commit_progress(count):
                return

    @api.model
    def _next_rows(self, state):
        rows = self.sudo().search([("state", "=", state)], limit=FEW, order="id")
        return rows.try_lock_for_update()

    @api.model
    def _take_back(self):
        """Take back what is not to be disposed of any more, in one statement."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """UPDATE complaint_disposal AS one SET state = 'lapsed'
                WHERE state IN ('proposed', 'approved') AND NOT EXISTS (
                    SELECT FROM (%s) AS due WHERE due.case_id = one.case_id
                        AND due.rule_id = one.rule_id) RETURNING id""",
                self._due(),
            )
        )
        self.invalidate_model(["state"])

    def _take_step(self, state):
        """Bring these disposals one step on, and enter it in the journals.

        Of what was approved, only what is still due begins: the day may be another.
        """
        rows = self._still_due() if state == "identity" else self
        (self - rows).state = "lapsed"
        cases = rows.case_id
        rows._log_step("disposed", part=state)
        self.env.flush_all()
        if state == "identity":
            self._dispose_of_identities(cases)
        elif state == "words":
            self._dispose_of_the_rest(cases)
        self.env.invalidate_all()
        rows.state = state
        if state == "disposed":
            for row in rows:
                row.disposed_on = row.case_id._today()

    @api.model
    def _dispose_of_identities(self, cases):
        """From here on nobody works the case, and no code opens it."""
        for name in IDENTITIES:
            self.env[name]._dispose_of_words(self._ids_of(name, cases))
        self.env.execute_query(
            SQL(
                """UPDATE complaint_case AS one SET access_code_hash = NULL,
                    submission_hash = NULL, disposed_on =
                    ((%s::timestamp AT TIME ZONE 'UTC') AT TIME ZONE policy.tz)::date
                FROM complaint_policy AS policy
                WHERE policy.id = one.policy_id AND one.id = ANY(%s)
                RETURNING one.id""",
                fields.Datetime.now(),
                cases.ids,
            )
        )

    @api.model
    def _dispose_of_the_rest(self, cases):
        ids = {name: self._ids_of(name, cases) for name in self._models_of_cases()}
        for rows in self.env["complaint.word.mask"]._asked(ids):
            ids[rows._name] = rows._of_disposed().ids
        for rows in self.env["complaint.word.mask"]._around(ids):
            rows.unlink()
        self.env["complaint.case.dialog"]._close_on(cases)
        entries = self.env["complaint.journal"].sudo()
        entries.search([("case_id", "in", cases.ids)])._erase_texts()
        self.env.flush_all()
        for name, rows in ids.items():
            self.env[name]._dispose_of_words(rows)

    @api.model
    def _models_of_cases(self):
        """Our models whose rows hang on a case, and go with it."""
        names = self.env.registry.descendants(["complaint.walled"], "_inherit")
        models_of_cases = []
        for name in sorted(names):
            model = self.env[name]
            is_table = model._auto and not (model._abstract or model._transient)
            is_of_one = model._case_path in ("", "case_id")
            if is_table and is_of_one and model._is_disposed_of:
                models_of_cases.append(name)
        return models_of_cases

    @api.model
    def _ids_of(self, name, cases):
        model = self.env[name]
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE %s = ANY(%s)",
                SQL.identifier(model._table),
                SQL.identifier(model._case_path or "id"),
                cases.ids,
            )
        )
        return [id_ for (id_,) in rows]
