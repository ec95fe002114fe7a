"""Staff find a case by who is in it, as people type it (item "Finding")."""

import itertools
from collections import Counter
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...sealing import keyring, name_hashes
from .common import IDENTITY, IdentityCase

MANY = 40
UPDATE = Path(__file__).parents[2] / "migrations/19.0.1.3.0/post-finding.py"


@tagged("post_install", "-at_install")
class TestFinding(IdentityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Case = cls.env["complaint.case"].with_user(cls.worker)
        cls.named = cls._register_person("Åse Bjørnsdóttir-Müller")

    @classmethod
    def _register_person(cls, name, **values):
        person = {"role": "complainant", "name": name, **values}
        return cls._register(parties=[person])

    def _finds(self, typed, case, user=None):
        """Whether each way to search finds a case; they must agree."""
        Case = self.env["complaint.case"].with_user(user or self.worker)
        by_box = case.id in Case.search([("display_name", "ilike", typed)]).ids
        names = Case.name_search(typed, limit=None)
        self.assertEqual(by_box, case.id in dict(names), typed)
        return by_box

    def test_a_part_of_a_name_finds_the_case(self):
        for typed in (
            "Müller",
            "bjørnsdóttir",
            "Åse",
            "ase",
            "AASE",
            "mul",
            "mueller",
            "muller ase",
            "Bjoernsdottir",
            "bjornsd",
            "Bjørnsdóttir-Müller",
            "bjornsdottirmuller",
            "Müller, Å.",
        ):
            with self.subTest(typed=typed):
                self.assertTrue(self._finds(typed, self.named))
                party = self.Case.search([("party_ids.name", "ilike", typed)])
                self.assertIn(self.named, party)
        for typed in ("mu", "üll", "Åse Nordmann", "müllers", "!?", "Å", "%", "-"):
            with self.subTest(typed=typed):
                party = self.Case.search([("party_ids.name", "ilike", typed)])
                self.assertNotIn(self.named, party)

    def test_names_of_all_scripts_are_found_as_they_are_typed(self):
        for name, ways in {
            "Nils Öster": ("oster", "ÖSTER", "oest"),
            "Marte Æresund": ("aeresund", "ares", "Äresund"),
            "Jan Soerensen": ("sørensen", "sorensen"),
            "Sárá Gáŋgaš": ("sara gangas", "gaŋgaš"),
            "İlker Yıldız": ("ilker yildiz", "İLKER", "YILDIZ"),
            "Uwe Strauß": ("strauss", "STRAUSS", "STRAUẞ"),
            "Haakon Vaage": ("håkon", "våge", "hakon"),
            "Sean O´Brien": ("o'brien", "obrien", "Brien", "O’Brien"),
            "Jose\u0301 Łuczak": ("josé", "jose luc"),
            "Bo Ek": ("bo", "EK", "ek, bo"),
            "Анна Йовкова": ("анна", "Йов"),
            "김민준": ("김민준",),
            "शर्मा": ("शर्मा",),
            "Kari Nordmann, Per Nordmann": ("nordmann per",),
        }.items():
            case = self._register_person(name)
            for typed in ways:
                with self.subTest(name=name, typed=typed):
                    self.assertTrue(self._finds(typed, case))

    def test_address_and_phone_find_as_a_whole(self):
        case = self._register_person(
            "Berit", email="Kari.N@Example.com", phone="+47 918 27 364"
        )
        for typed in (
            "kari.n@example.com",
            " KARI.N@EXAMPLE.COM ",
            "Kari N <kari.n@example.com>",
            "91827364",
            "0047 918 27 364",
        ):
            with self.subTest(typed=typed):
                self.assertTrue(self._finds(typed, case))
        for typed in ("kari.n@", "@example.com", "n@example.com", "8273"):
            with self.subTest(typed=typed):
                self.assertFalse(self._finds(typed, case))

    def test_reference_is_found_as_people_type_it(self):
        first, second = self.named.reference.split("-")
        for typed in (
            f"{first}-{second}",
            f"{first}{second}",
            f"{first} {second}",
            f"{first}{second}".lower(),
            f"{first}–{second}",
            f"re: {first}-{second}",
            f"{first}{second[:1]}",
            f"{first[3:]}{second[:4]}",
            f"{first}{second}".replace("0", "o").replace("1", "l"),
            f"{self.named.reference} {self.named.title}",
        ):
            with self.subTest(typed=typed):
                self.assertTrue(self._finds(typed, self.named))
                domain = [("reference", "ilike", typed)]
                self.assertIn(self.named, self.Case.search(domain))
        others = self.Case.search([("reference", "not ilike", f"{first}{second}")])
        self.assertTrue(others)
        self.assertNotIn(self.named, others)

    def test_registry_number_is_found_as_people_type_it(self):
        self.named.drawn_number = "2026-0012345"
        for typed in (
            "2026-0012345",
            "20260012345",
            "2026 0012345",
            "2026/12345",
            "26-0012345",
            "26/12345",
            "12345/2026",
            "260012345",
            "0012345",
            "2026-00123",
        ):
            with self.subTest(typed=typed):
                self.assertTrue(self._finds(typed, self.named))
        for typed in ("2025-0012345", "25/12345", "2026-12346"):
            with self.subTest(typed=typed):
                self.assertFalse(self._finds(typed, self.named))

    def test_odd_input_is_answered(self):
        for typed in ("", " ", False, None, 5, "a" * 100_000, "@" * 5000, "\0", "%_\\"):
            with self.subTest(typed=str(typed)[:9]):
                self.Case.search_count([("display_name", "ilike", typed)])
                self.Case.search_count([("party_ids.name", "ilike", typed)])
                self.Case.search_count([("party_ids.email", "=", typed)])
                self.Case.search_count([("reference", "ilike", typed)])
        everything = self.Case.search([])
        self.assertEqual(self.Case.search([("display_name", "ilike", "")]), everything)
        self.assertFalse(self.Case.search([("display_name", "not ilike", "")]))
        not_found = self.Case.search([("display_name", "not ilike", "muller")])
        self.assertEqual(not_found, everything - self.named)

    def test_who_is_protected_is_found_by_nobody(self):
        both = self._create_both()
        for user in (self.worker, self.director, self.custodian, both):
            for typed in (*IDENTITY["name"].split(), IDENTITY["name"]):
                self.assertFalse(self._finds(typed, self.case, user))
            for field in ("name", "email", "phone"):
                for operator in ("=", "ilike"):
                    domain = [(f"party_ids.{field}", operator, IDENTITY[field])]
                    found = self.env["complaint.case"].with_user(user).search(domain)
                    self.assertNotIn(self.case, found)
        # Not by who asks as superuser either: nothing of the name is stored.
        stored = set(self.party.identity_hashes.split())
        for field in ("name", "email", "phone"):
            terms = set(name_hashes._terms({field: IDENTITY[field]}))
            self.assertFalse(stored & name_hashes.lookups(terms).keys())
        # It is found by its reference.
        self.assertTrue(self._finds(self.case.reference, self.case, self.custodian))

    def test_a_permission_to_see_an_identity_is_none_to_search(self):
        self._grant(self._ask())
        self.assertFalse(self._finds("Bråthenskog", self.case))

    def test_who_becomes_protected_is_found_no_longer(self):
        party = self.named.party_ids
        party.is_protected = True
        self.assertFalse(self._finds("Müller", self.named))
        self.assertFalse(self._finds("Müller", self.named, self.custodian))
        party.is_protected = False
        self.assertTrue(self._finds("Müller", self.named))

    def test_only_who_reads_the_name_finds_by_it(self):
        for user in (self.auditor, self.custodian, self.owner):
            with self.subTest(user=user.login):
                Case = self.env["complaint.case"].with_user(user)
                if not Case.has_access("read"):
                    with self.assertRaises(AccessError):
                        Case.name_search("Müller")
                    continue
                self.assertFalse(self._finds("Müller", self.named, user))
        self.assertTrue(self._finds(self.named.reference, self.named, self.auditor))
        self.assertFalse(self._finds("Müller", self.named, self.other_leader))
        # The web client searches behind many2ones as superuser.
        Case = self.env["complaint.case"].with_user(self.auditor).sudo()
        self.assertFalse(Case.search([("display_name", "ilike", "Müller")]))

    def test_a_refusal_tells_no_name(self):
        requests = self.env["complaint.identity.request"]
        for typed in ("Müller", "Nobodyhasthisname", ""):
            for model, path in (
                (self.env["complaint.case"].with_user(self.auditor), "party_ids.name"),
                (requests.with_user(self.worker), "party_id.name"),
            ):
                for operator in ("ilike", "="):
                    with self.assertRaises(AccessError, msg=typed):
                        model.search([(path, operator, typed)])

    def test_rows_that_point_at_a_case_are_found_by_its_person(self):
        for user, is_found in ((self.worker, True), (self.auditor, False)):
            Deadline = self.env["complaint.deadline"].with_user(user)
            found = Deadline.search([("case_id", "ilike", "muller")])
            self.assertEqual(self.named in found.case_id, is_found, user.login)

    def test_case_behind_the_wall_is_not_found(self):
        self.assertTrue(self._finds("Müller", self.named))
        self.named.sudo().walled_user_ids += self.worker
        self.env.invalidate_all()
        for typed in ("Müller", self.named.reference, self.named.registry_number):
            self.assertFalse(self._finds(typed, self.named))

    def test_erased_and_corrected_names_are_found_no_longer(self):
        party = self.named.party_ids
        party.with_user(self.worker).action_correct("name", "Ada Holm", "She said so.")
        self.assertFalse(self._finds("Müller", self.named))
        self.assertTrue(self._finds("holm", self.named))
        party._erase()
        self.assertFalse(self._finds("holm", self.named))

    def test_a_copy_of_the_database_tells_no_name_by_how_often_it_occurs(self):
        cases = [self._register_person("Kari Nordmann") for _one in range(MANY)]
        cases += [self._register_person(f"Q{one}x Zw{one}y") for one in range(MANY)]
        rows = [case.party_ids.identity_hashes.split() for case in cases]
        counts = Counter(hashed for row in rows for hashed in set(row))
        real = name_hashes.lookups(name_hashes._terms({"name": "Kari"})).keys()
        most_real = max(count for hashed, count in counts.items() if hashed in real)
        # A name of half of all persons, and no hash of it stands out.
        self.assertLess(most_real, MANY / 5)
        shared = [{*one} & {*two} for one, two in itertools.pairwise(rows[:MANY])]
        self.assertLess(sum(map(len, shared)) / len(shared), 1)
        # As often as any hash of a name recurs one of no name.
        most_other = max(
            count for hashed, count in counts.items() if hashed not in real
        )
        self.assertGreaterEqual(most_other, 2)

    def test_every_row_holds_as_many_hashes(self):
        names = ("Bo", "Anne-Margrethe von der Recke Lagesen", "x " * 120, "Åø " * 80)
        for name in names:
            stored = self._register_person(name).party_ids.identity_hashes
            self.assertEqual(len(set(stored.split())), name_hashes.NUMBER, name[:20])

    def test_the_wrong_key_finds_nobody(self):
        with patch.object(keyring, "keyring", lambda: (keyring.new_key(),)):
            self.assertFalse(self._finds("Müller", self.named))

    def test_a_search_is_one_lookup_and_one_query(self):
        for typed in ("müller", "müller åse bjørn 91827364 kari@example.com"):
            self._finds(typed, self.named)
            self.env.invalidate_all()
            with self.assertQueryCount(2):
                self.Case.search([("display_name", "ilike", typed)])

    def test_an_update_hashes_older_rows_and_may_be_killed(self):
        cases = [self._register_person(f"Old{sign}sen") for sign in "abcde"]
        parties = self.named.party_ids.union(*(case.party_ids for case in cases))
        self._make_older(parties + self.party)
        lost = cases[-1].party_ids
        lost.identity_sealed = "00000000:unreadable"
        self.env.flush_all()
        self.assertFalse(self._finds("Müller", self.named))
        script = load_script(str(UPDATE), "post_finding")
        script.BATCH, seal = 2, name_hashes.seal
        left = iter(range(3))

        def killed(known, key=None):
            if next(left, None) is None:
                raise KeyboardInterrupt
            return seal(known, key)

        with patch.object(self.cr, "commit") as commit:
            with (
                patch.object(name_hashes, "seal", killed),
                suppress(KeyboardInterrupt),
            ):
                script.migrate(self.cr, "19.0.1.2.0")
                self.fail("The update was not killed.")
            self.assertEqual(commit.call_count, 1)
            with (
                mute_logger(script.__name__),
                patch.object(name_hashes, "seal", side_effect=seal) as again,
            ):
                script.migrate(self.cr, "19.0.1.2.0")
                self.assertEqual(again.call_count, len(parties) - 3)
            with patch.object(name_hashes, "seal") as once_more:
                with mute_logger(script.__name__):
                    script.migrate(self.cr, "19.0.1.2.0")
                once_more.assert_not_called()
        self.env.invalidate_all()
        self.assertTrue(self._finds("mul", self.named))
        self.assertTrue(self._finds("oldasen", cases[0]))
        self.assertFalse(self._finds("Bråthenskog", self.case))

    def _make_older(self, parties):
        """Give persons hashes as they were before, and sealed texts to nobody else."""
        self.env.flush_all()
        self.cr.execute(
            "UPDATE complaint_party SET identity_hashes = repeat('0', 20) || ' ' "
            "|| repeat('1', 20) WHERE id = ANY(%s)",
            [parties.ids],
        )
        self.env.invalidate_all()
