import os
from pathlib import Path

from freezegun import freeze_time
from lxml import etree

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.klagebehandling.archiving import verify_bundle
from odoo.addons.klagebehandling_example.organisations import ORGANISATIONS, company

from .common import LATER, ExampleCase
from .paper_checks import faults

# Where the schemas of the standards lie; they are not part of the project.
FOLDER = os.environ.get("KLAGE_SCHEMAS")
MESSAGE = "fiks_arkiv_v1/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd"
SCHEMAS = {
    "arkivmelding": MESSAGE,
    "erms": "cits_erms/ERMS_v2_1_2.xsd",
}


@tagged("post_install", "-at_install")
@freeze_time(LATER)
class TestBundleSchemas(ExampleCase):
    """Bundles of the five example organisations, each with cases of every state (M38).

    They are whole and turn red by one flipped byte; the XML is valid, where the schemas
    are there: ``make schemas DIR=…`` names their folder.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bundles = cls._bundles()

    @classmethod
    def _bundles(cls):
        """By organisation and case, the members of the bundle of who has the case."""
        right = cls.env.ref("klagebehandling.group_export")
        found = {}
        for code in ORGANISATIONS:
            cases = cls.env["complaint.case"].search(
                [("company_id", "=", company(cls.env, code).id)], order="id"
            )
            chosen = cases.browse()
            for group in cases.grouped("state").values():
                chosen |= group[:1]
            for case in chosen:
                user = case.handler_id or case.unit_id.manager_id
                if user and case.with_user(user).has_access("write"):
                    user.group_ids = [Command.link(right.id)]
                    found[code, case] = case.with_user(user)._bundle_members()
        return found

    def test_each_organisation_has_some(self):
        self.assertEqual({code for code, _case in self.bundles}, {*ORGANISATIONS})

    def test_each_is_whole_and_red_after_a_flipped_byte(self):
        for (code, case), members in self.bundles.items():
            raw = verify_bundle.pack(members)
            with self.subTest(organisation=code, case=case.reference):
                self.assertFalse([*verify_bundle.check_bytes(raw)])
                for path in ("documents/complaint.txt", "documents/case.pdf"):
                    flipped = bytearray(raw)
                    flipped[raw.index(members[path]) + len(members[path]) // 2] ^= 1
                    self.assertEqual(
                        [*verify_bundle.check_bytes(bytes(flipped))],
                        [f"changed: {path}"],
                    )

    def test_paper_in_them_is_for_the_archive(self):
        first = {code: one for (code, _case), one in reversed([*self.bundles.items()])}
        for code, members in first.items():
            for path, raw in members.items():
                if path.startswith("documents/") and path.endswith(".pdf"):
                    with self.subTest(organisation=code, path=path):
                        self.assertEqual(faults(raw), [])

    def test_each_is_valid(self):
        if not FOLDER:
            self.skipTest("KLAGE_SCHEMAS names no folder: the XML was not validated")
        schemas = {
            name: etree.XMLSchema(etree.parse(Path(FOLDER) / path))
            for name, path in SCHEMAS.items()
        }
        checked = dict.fromkeys(SCHEMAS, 0)
        for (code, case), members in self.bundles.items():
            for path, raw in members.items():
                if not path.startswith("xml/"):
                    continue
                name = next(one for one in SCHEMAS if path.startswith(f"xml/{one}"))
                with self.subTest(organisation=code, case=case.reference, path=path):
                    schemas[name].validate(etree.fromstring(raw))
                    wrong = [str(fault) for fault in schemas[name].error_log]
                    self.assertFalse(wrong)
                checked[name] += 1
        self.assertTrue(all(checked.values()), checked)
