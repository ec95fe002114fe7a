from odoo import api, models
from odoo.tools import SQL, format_date

from odoo.addons.klagebehandling.sealing import keyring, receipt_code
from odoo.addons.klagebehandling.vocabulary import TO_PERSON

LONGEST_CODE = 100

# What nearly every page reads. All columns would take longer than the query itself;
# what is missing here costs one more, which a test counts.
ON_PAGE = {
    "complaint.case": """
        access_code_hash anonymity assisted_by_id channel code_drawn_on company_id
        create_uid event_date event_until event_words invite lang law_id place_type
        policy_id received_at reference state text_erased_on unit_id
    """,
    "complaint.deadline": "case_id due_at due_on extends_id milestone state",
    "complaint.journal": "case_id event logged_on payload sequence",
}


def _search_rows(model, domain, limit=None):
    """Rows with what the page reads of them, at once: Odoo takes two queries."""
    return model.search_fetch(domain, ON_PAGE[model._name].split(), limit=limit)


class ComplaintCase(models.Model):
    """What the complainant may see of a case, and by which code."""

    _inherit = "complaint.case"

    @api.model
    def _find_by_code(self, code):
        """The case that a receipt code opens, as the superuser; else an empty one.

        The same work is done for any text, so that the time tells nothing.
        """
        code = receipt_code.normalise((code or "")[:LONGEST_CODE])
        hashed = keyring.keyed_hash("access code", code)
        domain = [("access_code_hash", "=", hashed)]
        case_sudo = _search_rows(self.sudo(), domain, limit=1)
        return case_sudo if code else case_sudo.browse()

    @api.model
    def _find_replaced(self, code):
        """Hook: since which day a code that a colleague had seen is replaced, if so."""

    def _public_status(self):
        """The facts of the status page, in the language of the context.

        Of the journal the safe part only; never the handler's name or anything that
        staff wrote to each other.
        """
        self.ensure_one()
        self._fetch_parts("deadline_ids", "journal_ids")
        self._note_empty(self._parts_on_page())
        state, explanation = self._public_state()
        spoken, facts = self.policy_id._languages(), self._receipt_facts()
        return {
            **facts,
            "reference": self.reference,
            "organisation": self._public_organisation(),
            "state": state,
            "explanation": explanation,
            "next": facts["promises"][:1],
            "past": self._public_past(),
            "timeline": self._timeline(),
            "letters": self._public_letters(),
            "said": self._public_said(),
            "has_ended": self._has_ended(),
            "questions": self._public_questions(),
            "to_confirm": self._is_text_to_confirm() and self.description,
            "company": self._public_company(),
            "checkback": bool(self._open_checkback()),
            "may_rate": self._may_rate(),
            "further": self._may_go_further().mapped("reference"),
            "further_on": self._said_further_on(),
            "ways": self._public_ways(),
            "may_withdraw": any(not case._has_ended() for case in self._submission()),
            "happened": self._public_happened(),
            "is_anonymous": self.anonymity == "anonymous",
            "removed_on": self.text_erased_on,
            "is_removal_asked": self._is_erasure_asked(),
            "onward": self.policy_id.onward_text,
            "bodies": self._tell_bodies(),
            # They are in the language of the procedure.
            "bodies_lang": next(iter(spoken.values()), None),
            "spoken": spoken,
        }

    def _parts_on_page(self):
        """Hook: the names of what hangs on a case, and of most cases does not."""
        return ["child_ids", "correspondence_ids", "checkback_ids"]

    def _fetch_parts(self, *names):
        """Fetch what every case has, with its rows, in one statement each.

        Reading the fields takes one for the ids and one for the rows.
        """
        for part in (self._fields[name] for name in names):
            model = self.env[part.comodel_name].with_context(active_test=False)
            rows = _search_rows(model, [(part.inverse_name, "=", self.id)])
            part._insert_cache(self, [rows._ids])

    def _note_empty(self, names):
        """Learn at once which of these are empty, in place of a query for each.

        :param names: one2many fields
        """
        parts = [self._fields[name] for name in names]
        for part in parts:
            self.env[part.comodel_name].flush_model([part.inverse_name])
        filled = SQL(", ").join(self._has_rows(part) for part in parts)
        (row,) = self.env.execute_query(SQL("SELECT %s", filled))
        for part, is_filled in zip(parts, row, strict=True):
            if not is_filled:
                part._insert_cache(self, [()])

    def _has_rows(self, part):
        """Whether a one2many of the case has rows, as an expression."""
        model = self.env[part.comodel_name].with_context(active_test=False)
        if isinstance(part.domain, list) and part.domain:
            rows = model._search([(part.inverse_name, "=", self.id), *part.domain])
            return SQL("EXISTS %s", rows.subselect())
        return SQL(
            "EXISTS (SELECT FROM %s WHERE %s = %s)",
            SQL.identifier(model._table),
            SQL.identifier(part.inverse_name),
            self.id,
        )

    def _public_organisation(self):
        return self.unit_id._public_face()._public_name()

    def _public_happened(self):
        """When it happened, as the person told it: lines of text."""
        days = [
            format_date(self.env, day, date_format="long")
            for day in (self.event_date, self.event_until)
            if day
        ]
        if len(days) == 2:
            days = [self.env._("%(first)s to %(last)s", first=days[0], last=days[1])]
        elif self.event_until:
            days = [self.env._("Until %(day)s", day=days[0])]
        return [*days, *([self.event_words] if self.event_words else [])]

    def _public_state(self):
        """The state in plain words, and what happens next (C-15)."""
        if self.state == "answered":
            return self.env._("Answered"), self._say_answered()
        return {
            "received": (
                self.env._("Received"),
                self.env._("We have it. Somebody will read it and confirm to you."),
            ),
            "acknowledged": (
                self.env._("Confirmed"),
                self.env._("We have confirmed it. Next we look into what happened."),
            ),
            "investigating": (
                self.env._("Being looked into"),
                self.env._("We are finding out what happened. Then we answer you."),
            ),
            "closed": (
                self.env._("Closed"),
                self.env._("The case has ended. You can still read it here."),
            ),
            "redirected": (
                self.env._("Belongs elsewhere"),
                self.env._(
                    "Another process takes care of it. Below we explain where it "
                    "belongs. The day you wrote to us still counts."
                ),
            ),
            "withdrawn": (
                self.env._("Withdrawn"),
                self.env._("The case has ended because it was taken back."),
            ),
        }[self.state]

    def _say_answered(self):
        """Where the answer is: one on paper is published once it has been posted."""
        if "reply" in self._public_out().mapped("purpose"):
            return self.env._(
                "Our answer is below. The case stays open until it is closed."
            )
        return self.env._(
            "Our answer is on its way to you. The case stays open until it is closed."
        )

    def _public_past(self):
        """What became of the promises that do not run any more, each as sentences."""
        return [
            {"text": text, "is_late": row.state == "met" and row.met_on >= row.due_at}
            for row in self.deadline_ids.sorted(lambda row: (row.due_on, row.id))
            if (text := self._past_text(row))
        ]

    def _past_text(self, row):
        """How a promise to the person was kept, or why it was moved; else nothing.

        What became of a duty to others is theirs, with its reason.
        """
        if row.milestone not in TO_PERSON:
            return None
        day = format_date(self.env, row.due_on, date_format="long")
        later = self.deadline_ids.filtered(lambda one: one.extends_id == row)[:1]
        if row.state == "extended":
            until = format_date(self.env, later.due_on, date_format="long")
            return self.env._(
                "Promised by %(day)s, and moved to %(until)s. The reason: %(reason)s",
                day=day,
                until=until,
                reason=row.reason,
            )
        if row.state != "met":
            return None
        local = self.policy_id._local(row.met_on).date()
        done = format_date(self.env, local, date_format="long")
        if later:
            # The letter came back, and the promise runs again.
            return self.env._(
                "We wrote to you on %(done)s, but it did not reach you.", done=done
            )
        kept = {
            "acknowledge": self.env._("We confirmed on %(done)s.", done=done),
            "update": self.env._("We told you how it goes on %(done)s.", done=done),
            "reply": self.env._("We answered on %(done)s.", done=done),
            "close": self.env._("The case was finished on %(done)s.", done=done),
        }.get(row.milestone)
        if not kept:
            return None
        promised = self.env._("It was promised by %(day)s.", day=day)
        return f"{kept} {promised}"

    def _public_out(self):
        """The letters to the complainant that can be read, as superuser."""
        letters = (self | self.child_ids).correspondence_ids
        return letters.filtered(
            lambda letter: letter.direction == "out" and letter._is_published()
        )

    def _public_letters(self):
        """What we have written to the complainant, newest first.

        What waits for its e-mail can be read here already: the e-mail only says so.
        A matter that was split off is followed with the same code. New is what came
        after the person's last own act: looking leaves no trace.
        """
        letters, page = self._public_out(), self.env["complaint.portal.page"]
        if not letters:
            return []
        purposes = dict(letters._fields["purpose"]._description_selection(self.env))
        purposes["question"] = self.env._("Question to you")
        seen, files = self._seen_letters(), letters._sent_files()
        return [
            {
                "purpose": purposes[letter.purpose],
                "is_answer": letter.purpose == "reply",
                "is_new": letter.id not in seen,
                "sent_on": self.policy_id._local(letter._published_at()).date(),
                "lang": (letter.lang or self.lang or "").partition("_")[0] or None,
                "body": letter.body,
                "removed_on": letter.text_erased_on,
                "files": [
                    {
                        "id": file.id,
                        "name": file.name,
                        "size": page._say_size(file.file_size),
                    }
                    for file in files
                    if file.res_id == letter.id
                ],
            }
            for letter in letters.sorted(
                lambda one: (one._published_at(), one.id), reverse=True
            )
        ]

    def _seen_letters(self):
        """Ids of the letters that were out when the person last did something."""
        seen = set()
        for case in self | self.child_ids:
            last = case._last_own_act()
            seen |= {
                (entry.payload or {}).get("row")
                for entry in case.journal_ids
                if entry.event == "correspondence_sent" and entry.sequence < last
            }
        return seen

    def _public_said(self):
        """What the person has written since, newest first; the complaint is not shown.

        Who finds a code reads no more than this of what was told.
        """
        letters = (self | self.child_ids).correspondence_ids
        said = letters.filtered(
            lambda one: one.direction == "in" and not one.is_from_elsewhere
        )
        labels = dict(said._fields["purpose"]._description_selection(self.env))
        return [
            {
                "purpose": labels[letter.purpose],
                "day": letter._entry_day(),
                "body": letter.body,
                "files": len(
                    letter.case_id.original_ids.filtered(
                        lambda one, letter=letter: one.correspondence_id == letter
                    )
                ),
                "removed_on": letter.text_erased_on,
            }
            for letter in said.sorted("id", reverse=True)
        ]

    def _public_questions(self):
        return [
            {
                "id": letter.id,
                "body": letter.body,
                "day": letter._entry_day(),
                "lang": (letter.lang or self.lang or "").partition("_")[0] or None,
            }
            for letter in self._open_questions()
            if letter._is_published()
        ]

    def _public_ways(self):
        """Between whom the person chooses, of each case that has ended unresolved."""
        labels = {
            "nav": (
                self.env._("My caseworker at NAV"),
                self.env._("We send the case there. NAV helps you further with us."),
            ),
            "management": (
                self.env._("The management here"),
                self.env._("Who leads above those who have handled it takes it up."),
            ),
        }
        return [
            {
                "reference": case.reference,
                "options": [
                    {"value": way, "label": labels[way][0], "hint": labels[way][1]}
                    for way in case._ways_onward()
                ],
                "is_nav_declined": not case._may_go_to_nav(),
                "is_nav_nameless": case._may_go_to_nav()
                and case.anonymity == "anonymous",
            }
            for case in self._submission()
            if case._ways_onward()
        ]

    def _public_company(self):
        """Whom one may wish to take part in a meeting, and whom one has wished for."""
        offered = self._company_offered()
        labels = {
            "staff": self.env._("My supervisor"),
            "support_person": self.env._("A person I trust"),
            "external_caseworker": self.env._("My caseworker at NAV"),
        }
        wished = (self.invite or "").split(",")
        fields_asked = self.policy_id._fields_asked()
        asked = fields_asked.filtered(lambda row: row.name == "invite")
        language = self.env["complaint.portal.page"]._language_of
        written = self.policy_id.lang
        return {
            "label": asked.label,
            "label_lang": asked and language(asked, "label", written),
            "hint": asked.hint,
            "hint_lang": asked and language(asked, "hint", written),
            "options": [
                {"value": role, "label": labels[role], "is_wished": role in wished}
                for role in offered
            ],
            "is_nav_declined": bool(offered)
            and self.policy_id.is_nav_partner
            and self.place_type == "municipal",
        }
