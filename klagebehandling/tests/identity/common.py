from odoo.tests import new_test_user

from ..common import ComplaintCase

NAME = "Sølvi Bråthenskog"
IDENTITY = {
    "name": NAME,
    "email": "soelvi.b@kanari.example",
    "phone": "+47 918 27 364",
    "street": "Tårnfalkveien 97",
    "zip": "4987",
    "city": "Vestbygrenda",
}


class IdentityCase(ComplaintCase):
    """The small organisation, with a protected complainant whom nobody knows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register_protected()
        cls.party = cls.case.party_ids
        cls.second_custodian = cls._create_user("custodian2", "group_custodian")

    @classmethod
    def _register_protected(cls, **values):
        complainant = {"role": "complainant", "kind": "participant", **IDENTITY}
        return cls._register(
            **{"anonymity": "protected", "parties": [complainant], **values}
        )

    @classmethod
    def _create_both(cls, login="both"):
        """A colleague who handles cases and keeps identities."""
        user = new_test_user(
            cls.env,
            f"test_{login}",
            groups="klagebehandling.group_handler,klagebehandling.group_custodian",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.workshop.sudo().member_ids += user
        return user

    def _ask(self, user=None, case=None, ground="To invite to the meeting."):
        case = (case or self.case).with_user(user or self.worker)
        request_id = case.action_request_identity(ground)
        return self.env["complaint.identity.request"].browse(request_id)

    def _grant(self, request, **values):
        request.with_user(self.custodian).action_grant(
            "For the meeting only.", **values
        )

    def _reveal(self, request, user=None):
        """What the user sees after the act."""
        action = request.with_user(user or self.worker).action_reveal()
        return (
            self.env[action["res_model"]]
            .with_user(user or self.worker)
            .browse(action["res_id"])
        )

    def _events(self, case=None, prefix="identity_"):
        entries = (case or self.case).journal_ids.sorted("sequence")
        names = entries.mapped("event")
        return [event for event in names if event.startswith(prefix)]
