from freezegun import freeze_time

from odoo.tests import tagged

from .leak_case import LeakCase
from .leak_world import CANARY, NOON


class TwoWorlds(LeakCase):
    """The world as everybody sees it before the hidden cases, and then after."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = {
            name: cls._look_around(user) for name, user in cls._asking().items()
        }
        cls._hide()

    def _assert_nothing_noticed(self):
        for name, user in self._asking().items():
            with self.subTest(user=name):
                self._assert_same_world(self.before[name], self._look_around(user))


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestLeaksWorlds(TwoWorlds):
    """Law part 8, tests 1, 2 and 4: 0 rows, 0 counts, no difference, on every model.

    Some hidden cases are walled from the start; one was worked on, talked about and
    written to by those who are kept out of it now.
    """

    def test_world_is_the_same_without_the_hidden_cases(self):
        # A-08, M17
        self._assert_nothing_noticed()

    def test_comparison_notices_what_may_be_seen(self):
        """The test can fail: who works the cases sees that the world has changed."""
        after = self._look_around(self.director)
        self.assertIn(CANARY, str(after["complaint.case", "read"]))
        self.assertIn(CANARY, str(after["mail.message", "read"]))
        with self.assertRaises(AssertionError):
            before = {key: [] for key in after}
            self._assert_same_world(before, after)


class HiddenBySomebodyElse(TwoWorlds):
    """Only the nearest manager is meant, and nobody has said who that is."""

    @classmethod
    def _asking(cls):
        return {
            "nearest_manager": cls.other_leader,
            "nearest_manager_admin": cls.cook,
        }

    @classmethod
    def _staff_workshop(cls):
        super()._staff_workshop()
        cls.cook = cls._create_person("cook", "group_handler", True)
        cls.kitchen.member_ids = cls.cook
        cls.visible = cls._register(unit_id=cls.kitchen.id)

    @classmethod
    def _hide(cls):
        cls.known = cls._register(
            unit_id=cls.kitchen.id,
            title=f"{CANARY} manager",
            description=CANARY,
            about_manager=True,
            parties=[cls._complainant()],
        )
        cls._fill(cls.known, is_open=False)
        cls.env.flush_all()
        cls.env.invalidate_all()


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestLeaksAboutManager(HiddenBySomebodyElse):
    """The nearest manager is meant: the whole line of the unit counts as walled."""

    def test_world_is_the_same_for_the_unit_of_the_manager(self):
        # A-07, M16
        self.assertIn(self.other_leader, self.known.walled_user_ids)
        self._assert_nothing_noticed()


class HiddenFromTheTop(HiddenBySomebodyElse):
    """The director, who sees every case but those about the director."""

    @classmethod
    def _asking(cls):
        return {"director": cls.director}

    @classmethod
    def _hide(cls):
        cls.known = cls._register(
            unit_id=cls.kitchen.id,
            title=f"{CANARY} top",
            description=CANARY,
            parties=[
                cls._complainant(),
                {"role": "subject", "name": "D", "user_id": cls.director.id},
            ],
        )
        cls.env.flush_all()
        cls.env.invalidate_all()


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestLeaksTop(HiddenFromTheTop):
    def test_world_is_the_same_for_the_top_of_the_line(self):
        #
        self.assertIn(self.director, self.known.walled_user_ids)
        self._assert_nothing_noticed()
