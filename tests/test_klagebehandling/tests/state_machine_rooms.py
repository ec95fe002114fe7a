"""What the newer rooms let anybody try with a case, for the machine of states."""

import datetime

TEXTS = ("", " ", None, *["Said by phone on Monday."] * 6)


class Rooms:
    """One act of a newer room each, in any order, by whoever works the case or not.

    Mixed into the world: it has ``env``, ``random``, ``users``, ``cases`` and ``now``.
    Each method takes a case and says what was tried; a ``UserError`` is a refusal.
    """

    def _text(self):
        return self.random.choice(TEXTS)

    def _day(self, case):
        days = self.random.choice((-3, 1, 12, 60, 60, 90, 500))
        return case.sudo()._today() + datetime.timedelta(days=days)

    def _call(self, *acts):
        name, *arguments = self.random.choice(acts)
        name(*arguments)

    def _onward(self, case):
        """A package or the case itself goes on, with or without consent."""
        case = case.with_user(self._somebody(case))
        if self.random.random() < 0.2:
            self._call(
                (case.action_second_stage, self._text()),
                (case.action_hand_over, self.random.choice(self.users).id),
                (case.action_accept_findings, self._text()),
            )
            return "second_look"
        referral = case.referral_ids[:1]
        if not referral or self.random.random() < 0.2:
            kinds = ("management", "nav", "report", "body", "appeal", "second")
            kind = self.random.choice(kinds)
            referral.create({"case_id": case.id, "kind": kind, "recipient": "Office"})
            return "onward"
        letter = case.correspondence_ids.filtered(lambda one: one.state == "sent")[:1]
        self._call(
            (referral.action_consent, self._text()),
            (referral.action_consent, "Said by phone."),
            (referral.action_withdraw_consent, self._text()),
            (referral.action_demanded, self._text()),
            (
                referral.document_ids.create,
                {"referral_id": referral.id, "letter_id": letter.id},
            ),
            (referral.action_send, "Post", "RR 1"),
            (referral.action_send, "Post", "RR 1"),
            (referral.action_answer, self._text()),
            (referral.action_follow_up, self._day(case), self._text()),
            (referral.action_stop, self._text()),
            (referral.write, {"state": "sent"}),
            (referral.unlink,),
        )
        # Who leads takes up what the person hands to the management.
        return "second_look" if referral.kind == "management" else "onward"

    def _improve(self, case):
        """A measure is begun, done, moved, dropped, looked at; its owner reports."""
        case = case.with_user(self._somebody(case))
        measure = case.action_ids[:1]
        if not measure or self.random.random() < 0.2:
            owner = self.random.choice(self.users)
            values = {"case_id": case.id, "name": "Buy plates", "owner_id": owner.id}
            measure.create({**values, "due_on": self._day(case)})
            return "improve"
        asked = measure.sudo().assignment_id
        owned = asked.with_user(asked.user_id or self.env.user)
        self._call(
            (measure.action_done, self._text()),
            (measure.action_postpone, self._day(case), self._text()),
            (measure.action_drop, self._text()),
            (measure.action_check, self.random.choice(("works", "x")), self._text()),
            (measure.write, {"owner_id": self.random.choice(self.users).id}),
            (measure.write, {"state": "done"}),
            (owned.action_done, self._text()),
            (measure.unlink,),
        )
        return "improve"

    def _care(self, case):
        """Afterwards: is the person well? And the head looks at the case."""
        case = case.with_user(self._somebody(case))
        row = case.checkback_ids[:1]
        said = self.random.choice(("well", "not_well", "reprisal", "silent", "x"))
        self._call(
            (case.action_follow_up, self._text()),
            (row.action_ask,),
            (row.action_record, said, self._text()),
            (case.sudo()._answer_checkback, said, self._text()),
            (row.write, {"state": "answered"}),
        )
        return "care"

    def _limit(self, case):
        """Contact takes too much: what happened, a limit, an objection."""
        case = case.with_user(self._somebody(case))
        limit = case.limit_ids[:1]
        if not case.conduct_ids:
            case.conduct_ids.create({"case_id": case.id, "fact": "14 calls in a day."})
            return "limit"
        if not limit or self.random.random() < 0.2:
            words = {"how": "We read on Mondays.", "reason": "14 calls in a day."}
            limit.create({"case_id": case.id, **words, "until": self._day(case)})
            return "limit"
        self._call(
            (limit.action_decide,),
            (limit.action_decide,),
            (limit.action_refuse, self._text()),
            (limit.action_lift, self._text()),
            (limit.action_object, self._text()),
            (limit.action_object, self._text()),
            (limit.action_keep, self._text()),
            (limit.action_give_way, self._text()),
            (limit.write, {"state": "decided"}),
        )
        return "limit"

    def _speak(self, case):
        """Somebody speaks for the person, by a right that begins and ends."""
        case = case.with_user(self._somebody(case))
        row = case.authorisation_ids.filtered(lambda one: not one.ended_on)[:1]
        party = case.sudo().party_ids[:1]
        until = self.random.choice((None, self._day(case)))
        begin = {"case_id": case.id, "party_id": party.id, "valid_until": until}
        view = {"own_view_how": "not_possible", "own_view": self._text()}
        self._call(
            (row.create, begin),
            (row.action_end, self._text()),
            (case.sudo()._end_authorisation, row.id),
            (case.action_write_unauthorised, self._text()),
            (case.sudo()._draw_code,),
            (case.write, view),
        )
        return "speak"

    def pass_nights(self):
        """What the clock of the newer rooms does."""
        for model, cron in (
            ("complaint.action", "_cron_remind"),
            ("complaint.pattern", "_cron_find"),
            ("complaint.meeting", "_cron_forget_hours"),
            ("complaint.referral", "_cron_open_clocks"),
        ):
            getattr(self.env[model], cron)()

    # -- what always holds

    def check_rooms(self, case):
        """Each row of a newer room is in one piece, and not behind the wall."""
        case = case.sudo()
        out = case._kept_out()
        self._check_measures(case, out)
        self._check_referrals(case, out)
        self._check_contact(case)
        for meeting in case.meeting_ids:
            drafts = meeting.minutes_ids.filtered(lambda one: one.state == "draft")
            self.test.assertLessEqual(len(drafts), 1)
            self.test.assertTrue(not meeting.minutes_ids or meeting.state == "held")

    def _check_measures(self, case, out):
        equal = self.test.assertEqual
        for measure in case.action_ids:
            is_open = measure.state == "open"
            self.test.assertFalse(is_open and measure.owner_id & out, "Behind the wall")
            equal(bool(measure.deadline_id.is_open), is_open, measure.state)
            if is_open:
                equal(measure.deadline_id.due_on, measure.due_on)
                equal(measure.assignment_id.user_id, measure.owner_id)
        for row in case.checkback_ids:
            equal(bool(row.deadline_id.is_open), row.state == "planned", row.state)

    def _check_referrals(self, case, out):
        for referral in case.referral_ids:
            has_left = referral.state in ("sent", "answered")
            self.test.assertEqual(bool(referral.sent_on), has_left)
            self.test.assertFalse(has_left and referral.consent == "asked")
            self.test.assertFalse(referral.user_id & out, "Behind the wall")
            if has_left and referral.kind in ("nav", "report", "body", "appeal"):
                self.test.assertTrue(referral.document_ids and referral.package_digest)

    def _check_contact(self, case):
        for limit in case.limit_ids:
            if limit.state == "decided":
                self.test.assertNotEqual(limit.decided_by_id, limit.proposed_by_id)
                self.test.assertTrue(limit.deadline_id.is_open, "It ends by itself")
            self.test.assertFalse(limit.reviewer_id & limit.decided_by_id)
        for row in case.authorisation_ids:
            self.test.assertEqual(bool(row.ended_on), bool(row.ended_by))
            self.test.assertFalse(row.ended_on and row.deadline_id.is_open)
