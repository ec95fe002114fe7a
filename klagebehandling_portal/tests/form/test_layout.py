from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestLayout(PortalCase):
    """The story first, and the rest only where somebody wants to say it."""

    def _page(self, **answers):
        page = self._send(**answers) if answers else self.url_open(self.url)
        return html.fromstring(page.content)

    def _order(self, page):
        """The questions in the order of the page, each with whether it is folded."""
        return {
            one.get("data-question"): bool(one.xpath("ancestor::details"))
            for one in page.xpath("//*[@data-question]")
        }

    def test_story_is_asked_first_and_what_is_voluntary_is_folded(self):
        # A-41, B-06, E-04
        self.policy.field_ids = [
            self._field("unit_id"),
            self._field("name"),
            self._field("desired_outcome", "required"),
            self._field("about_manager"),
            self._field("kind"),
            self._field("description", "required"),
        ]
        asked = self._order(self._page())
        self.assertEqual(list(asked)[0], "description")
        self.assertTrue(asked["unit_id"])
        for name in ("description", "kind", "about_manager", "anonymity", "name"):
            self.assertFalse(asked[name], name)
        # What must be answered is never behind a fold.
        self.assertFalse(asked["desired_outcome"])

    def test_fold_with_an_answer_or_a_fault_is_open(self):
        self.policy.field_ids = [self._field("title"), self._field("street")]
        closed = "//details[@class='fold'][not(@open)]/@data-fold"
        self.assertEqual(self._page().xpath(closed), ["more", "person"])
        page = self._page(anonymity="", title="Tools")
        self.assertEqual(page.xpath(closed), ["person"])
        page = self._page(description="", reply_channel="letter", street="x" * 501)
        self.assertEqual(page.xpath(closed), ["more"])

    def test_grounds_come_after_the_story_in_groups_that_are_closed(self):
        grounds = [
            self.env.ref(f"klagebehandling.category_{code}")
            for code in ("theft", "food", "housing")
        ]
        self.policy.write(
            {
                "category_ids": [Command.set([one.id for one in grounds])],
                "field_ids": [self._field("categories")],
            }
        )
        page = self._page()
        groups = page.xpath("//details[@class='group']")
        parents = {ground.parent_id.name for ground in grounds}
        self.assertEqual(len(groups), len(parents))
        self.assertFalse([one for one in groups if one.get("open")])
        self.assertEqual(list(self._order(page))[0], "description")
        page = self._page(description="", categories="theft")
        (opened,) = page.xpath("//details[@class='group'][@open]")
        self.assertEqual(opened.xpath(".//input[@checked]/@value"), ["theft"])
        # The link of a fault leads to the first of them.
        self.assertEqual(
            page.xpath("//input[@name='categories']/@id")[0], "q-categories"
        )

    def test_each_answer_has_its_own_id(self):
        page = self._page()
        ids = page.xpath("//@id")
        self.assertEqual(len(ids), len(set(ids)))
