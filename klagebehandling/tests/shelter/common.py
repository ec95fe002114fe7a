from ..identity.common import IDENTITY, IdentityCase

STREET, MAIL = IDENTITY["street"], IDENTITY["email"]
STORY = f"He waits outside {STREET}, and in tårnfalkveien too.\nThe food is cold."
# What tells where the person is, and stands nowhere else.
WORDS = ("Tårnfalkveien", "Vestbygrenda", MAIL)


class ShelterCase(IdentityCase):
    """The small organisation, and the levels of protection of its country."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()
        cls.marked, cls.strict = cls.env["complaint.protection"].create(
            [
                {"name": "Marked", **cls._shared()},
                {
                    "name": "Strict",
                    **cls._shared(),
                    "is_unaddressed": True,
                    "office": "Forwarding office\nBox 1\n111 11 Town",
                    "has_personal_number": True,
                },
            ]
        )

    @classmethod
    def _create_policy(cls, code, **values):
        here = {"country_id": cls.env.ref("base.se").id, **values}
        return super()._create_policy(code, **here)

    @classmethod
    def _shared(cls):
        return {"country_id": cls.env.ref("base.se").id, "company_id": cls.company.id}

    @classmethod
    def _open_case(cls, **values):
        """A case by name, whose story tells the address."""
        complainant = {"role": "complainant", "kind": "participant", **IDENTITY}
        return cls._register(
            **{"parties": [complainant], "description": STORY, **values}
        )

    def _protect(self, case, level=None, user=None, **values):
        return case.with_user(user or self.worker).action_protect(
            (level or self.strict).id, "The decision was shown to us.", **values
        )

    def _places(self, case, user=None):
        rows = case.with_user(user or self.worker)._find_whereabouts()
        return [(row._name, row.id) for row in rows]
