import secrets
from types import SimpleNamespace

from odoo import models
from odoo.tools import SQL

from ...sealing import keyring, receipt_code

BURNT = ("complaint_case", "complaint_party", "complaint_deadline")
BURNT += ("complaint_journal", "complaint_correspondence", "complaint_original")


class ComplaintIntakeNumber(models.AbstractModel):
    """The names a complaint gets at the door: reference, registry number and code."""

    _name = "complaint.intake.number"
    _description = "Numbers of incoming complaints"

    def _name_submission(self, form):
        """Give the form its code: the same one for the same submission.

        Only a keyed hash of the submission is stored, so that the code cannot be
        found again from the database.
        """
        submission = form.given.get("submission_id")
        form.submission_hash = False
        seed = None
        if submission:
            form.submission_hash = keyring.keyed_hash("submission", submission)
            seed = bytes.fromhex(keyring.keyed_hash("submission code", submission))
        form.access_code = receipt_code.make(seed)

    def _known_submissions(self, forms):
        hashes = [form.submission_hash for form in forms if form.submission_hash]
        if not hashes:
            return {}
        cases = self.env["complaint.case"].search([("submission_hash", "in", hashes)])
        return {
            case.submission_hash: SimpleNamespace(
                case_id=case.id, reference=case.reference
            )
            for case in cases
        }

    def _draw_numbers(self, forms):
        """Draw references and registry numbers, free ones and without order.

        A random few database ids of each table are burnt, so that no gap between
        them tells of a case that one may not see.
        """
        self.env.cr.execute(
            SQL("SELECT %s", SQL(", ").join(self._burnt(table) for table in BURNT))
        )
        taken = set()
        while drawn := [form for form in forms if not form.reference]:
            for form in drawn:
                form.registry_number = f"{form.day.year}-{secrets.randbelow(10**7):07d}"
                form.reference = receipt_code.random_reference()
            taken |= self._taken_numbers(drawn)
            for form in drawn:
                if {form.reference, form.registry_number} & taken:
                    form.reference = False
                taken |= {form.reference, form.registry_number}

    def _burnt(self, table):
        count = 1 + secrets.randbelow(4) + secrets.randbelow(2) * secrets.randbelow(30)
        return SQL(
            "(SELECT max(nextval(%s)) FROM generate_series(1, %s))",
            f"{table}_id_seq",
            count,
        )

    def _taken_numbers(self, forms):
        self.env.cr.execute(
            "SELECT reference, registry_number FROM complaint_case "
            "WHERE reference = ANY(%s) OR registry_number = ANY(%s)",
            [
                [form.reference for form in forms],
                [form.registry_number for form in forms],
            ],
        )
        return {number for row in self.env.cr.fetchall() for number in row}
