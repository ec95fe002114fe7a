from ..common import ComplaintCase

KARI = {
    "role": "complainant",
    "kind": "participant",
    "name": "Kari Nordmann",
    "email": "kari@example.com",
}


class OnwardCase(ComplaintCase):
    """A case that has been looked into, and a procedure that NAV commissions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute(
            "UPDATE complaint_policy SET is_nav_partner = true WHERE id = %s",
            [cls.policy.id],
        )
        cls.policy.invalidate_recordset()
        cls.policy.country_id = cls.env.ref("base.no")

    @classmethod
    def _answered(cls, **values):
        """A case of the worker that has been answered."""
        case = cls._register(parties=[KARI], **values)
        case.handler_id = cls.worker
        cls._as(case).action_answer(body="<p>We have looked into it.</p>")
        return case

    @classmethod
    def _as(cls, records, user=None):
        return records.with_user(user or cls.worker)

    def _refer(self, case, user=None, **values):
        """Begin a handing on, to the caseworker at NAV without more."""
        return self._as(self.env["complaint.referral"], user).create(
            {"case_id": case.id, "kind": "nav", "recipient": "NAV Sagene", **values}
        )

    def _add(self, referral, text="I see it differently.", **values):
        documents = referral.env["complaint.referral.document"]
        return documents.create({"referral_id": referral.id, "text": text, **values})

    def _send(self, referral):
        return referral.action_send("By post", "RR 123 NO")

    def _events(self, case):
        return case.sudo().journal_ids.mapped("event")
