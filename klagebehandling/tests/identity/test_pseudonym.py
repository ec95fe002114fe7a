from unittest.mock import patch

from cryptography.fernet import Fernet

from odoo.exceptions import AccessError, MissingError
from odoo.tests import Form, tagged

from ...sealing import keyring
from .common import IDENTITY, NAME, IdentityCase


@tagged("post_install", "-at_install")
class TestPseudonym(IdentityCase):
    """Staff see a lasting neutral name in the place of a protected person."""

    def _pseudonym(self, party=None):
        return self.env["complaint.party"]._pseudonym((party or self.party).id)

    def test_it_is_neutral_and_lasting(self):
        name = self._pseudonym()
        self.assertRegex(name, r"^Person [2-9BCDFGHJKMNPQRSTVWXZ]{4}$")
        self.party.with_user(self.custodian).write({"name": "Another Name"})
        self.assertEqual(self._pseudonym(), name)
        others = {
            self._pseudonym(self._register_protected().party_ids) for _ in range(5)
        }
        self.assertEqual(len(others | {name}), 6)

    def test_it_follows_from_nothing_but_the_key(self):
        name = self._pseudonym()
        ring = (Fernet.generate_key().decode(), *keyring.keyring())
        with patch.object(keyring, "keyring", lambda: ring):
            self.assertEqual(self._pseudonym(), name)
        with patch.object(keyring, "keyring", lambda: ring[:1]):
            self.assertNotEqual(self._pseudonym(), name)

    def test_staff_see_it_and_what_they_may_know(self):
        for user in (self.worker, self.leader, self.director):
            person = self.case.with_user(user).pseudonym_ids
            row = person.read(["name", "display_name", "role", "kind"])[0]
            self.assertEqual(row["name"], self._pseudonym())
            self.assertEqual(row["display_name"], self._pseudonym())
            self.assertEqual((row["role"], row["kind"]), ("complainant", "participant"))
            self.assertFalse(self.case.with_user(user).party_ids)

    def test_nobody_else_sees_it(self):
        Person = self.env["complaint.pseudonym"]
        for user in (self.employee, self.auditor, self.custodian):
            with self.assertRaises(AccessError):
                Person.with_user(user).search([])
        for user in (self.other_leader, self.independent):
            self.assertFalse(Person.with_user(user).search([]))
            self.assertFalse(Person.with_user(user).browse(self.party.id).name)
        walled = self._register_protected(about_manager=True)
        domain = [("case_id", "=", walled.id)]
        for user in (self.leader, self.worker):
            self.assertFalse(Person.with_user(user).search(domain))
        self.assertTrue(Person.with_user(self.director).search(domain))

    def test_it_is_never_written(self):
        person = self.case.with_user(self.director).pseudonym_ids
        for act in (
            lambda: person.write({"role": "witness"}),
            person.unlink,
            lambda: person.create({"case_id": self.case.id}),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_names_of_hidden_persons_are_never_shown(self):
        witness = self._register(unit_id=self.kitchen.id).party_ids
        # As the web client reads the name of a many2one.
        for user in (self.worker, self.custodian):
            self.assertEqual(
                self.party.with_user(user).sudo().display_name, self._pseudonym()
            )
        for user in (self.worker, self.custodian, self.employee):
            with self.assertRaises(MissingError):
                _name = witness.with_user(user).sudo().display_name
        self.assertEqual(
            witness.with_user(self.other_leader).display_name, "Kari Nordmann"
        )

    def test_anonymous_persons_are_called_so(self):
        case = self._register(
            anonymity="anonymous",
            parties=[
                {"role": "complainant", "name": NAME},
                {"role": "staff", "name": "Per Ansatt"},
            ],
        )
        names = case.party_ids.with_user(self.leader).mapped("display_name")
        self.assertEqual(names, ["Anonymous person", "Per Ansatt"])

    def test_the_dialog_for_letters_shows_whom_it_goes_to(self):
        anonymous = self._register(
            anonymity="anonymous", parties=[{"role": "complainant"}]
        )
        for case, name in (
            (self.case, self._pseudonym()),
            (anonymous, "Anonymous person"),
            (self._register(), "Kari Nordmann"),
        ):
            letter = Form(
                self.env["complaint.case.compose"]
                .with_user(self.worker)
                .with_context(default_case_id=case.id, default_purpose="message")
            )
            self.assertIn(name, letter.preview)
            self.assertNotIn("Bråthenskog", letter.preview)

    def test_the_case_form_asks_and_shows_the_answer(self):
        person = self.case.with_user(self.worker).pseudonym_ids
        self.assertTrue(person.is_askable)
        action = person.action_ask()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.worker)
            .with_context(**action["context"])
        )
        form.ground = "To invite to the meeting."
        form.save().action_ask()
        person.invalidate_recordset()
        self.assertEqual(person.status, "requested")
        self.assertFalse(person.is_askable)
        request = self.case.with_user(self.worker).identity_request_ids
        answer = Form(
            self.env["complaint.identity.answer"]
            .with_user(self.custodian)
            .with_context(default_request_id=request.id, default_decision="granted")
        )
        self.assertEqual(answer.ground, "To invite to the meeting.")
        answer.answer = "For the meeting only."
        answer.save().action_answer()
        person.invalidate_recordset()
        self.assertEqual(person.status, "granted")
        local = self.policy._local(person.expires_at)
        self.assertEqual((local.hour, local.minute), (0, 0))

    def test_the_dialogs_tell_nothing_of_hidden_cases(self):
        walled = self._register_protected(
            parties=[
                {"role": "complainant", **IDENTITY},
                {"role": "subject", "user_id": self.custodian.id, "name": "C"},
            ]
        )
        request = self._ask(case=walled)
        with self.assertRaises(AccessError):
            Form(
                self.env["complaint.identity.answer"]
                .with_user(self.custodian)
                .with_context(default_request_id=request.id)
            )
        hidden = self._register_protected(about_manager=True)
        with self.assertRaises(AccessError):
            self.env["complaint.identity.ask"].with_user(self.worker).create(
                {
                    "case_id": hidden.id,
                    "pseudonym_id": hidden.party_ids[0].id,
                    "ground": "x",
                }
            )
