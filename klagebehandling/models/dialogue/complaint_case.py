import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import is_html_empty

from ...limits import TEXTS
from ...sealing import keyring
from ..intake.submission_reader import SubmissionReader

# How a colleague has written down what somebody said.
SPOKEN = ("phone", "meeting")
# The states in which somebody has decided something to disagree with.
DECIDED = ("answered", "closed", "redirected")
# Whose words a report of reprisals repeats: who complained, and who helped.
REPORTING = ("complainant", "service_user", "representative", "support_person")
# Who may be wished for at a meeting.
COMPANY = ("staff", "support_person", "external_caseworker")


class ComplaintCase(models.Model):
    """What who complains does in the own case: by the receipt code, or signed in.

    Whoever calls these has made sure of that. They act as superuser, and keep nothing
    of who it was. Each tells who works the case, and none asks for a reason.
    """

    _inherit = "complaint.case"

    # -- what colleagues do

    def _ask(self, body=None, medium=None):
        """Ask the complainant something; the case waits for the answer.

        :param body: HTML in the person's language
        :raises UserError: where the case has ended, or nothing is asked
        """
        self.ensure_one()
        self.check_access("write")
        if self._has_ended():
            raise UserError(self.env._("The case has ended. Reopen it first."))
        if is_html_empty(body):
            raise UserError(self.env._("Write the question first."))
        letter = self._write_to_complainant("question", body, medium)
        self.sudo().is_waiting = True
        return letter

    # -- what is there to do

    def _submission(self):
        """The case with what was split off: one code opens them all, as superuser."""
        case, parts = self.sudo(), self.sudo().child_ids
        # Of a list of cases, what they have is fetched for all of them at once.
        return (case | parts).with_prefetch((*case._prefetch_ids, *parts._prefetch_ids))

    def _open_questions(self):
        """What we have asked and is not answered, the oldest first."""
        letters = self._submission().correspondence_ids
        return letters.filtered(lambda one: one._is_open_question()).sorted("id")

    def _is_text_to_confirm(self):
        """Whether a colleague wrote the complaint down and nobody has confirmed it."""
        case = self.sudo()
        is_written_down = case.assisted_by_id or case.channel in SPOKEN
        if not is_written_down or case.text_erased_on or case._has_ended():
            return False
        said = case.correspondence_ids.filtered(lambda one: one.direction == "in")
        is_done = "text_confirmed" in case.journal_ids.mapped("event")
        return not is_done and "correction" not in said.mapped("purpose")

    def _may_go_further(self):
        """Those of the submission with which the person may disagree now."""
        return self._submission().filtered(
            lambda case: case.state in DECIDED and not case._said_further_on()
        )

    def _said_further_on(self):
        """The day on which the person said so, where nothing was answered since."""
        letters = self.sudo().correspondence_ids.sorted("id")
        said = letters.filtered(lambda one: one.purpose == "onward")[-1:]
        answered = letters.filtered(
            lambda one: one.purpose in ("reply", "closing", "redirect")
        )[-1:]
        return said.id > answered.id and said._entry_day() if said else False

    def _last_own_act(self):
        """The number of the last entry that the person caused: what follows is new."""
        own = self.sudo().journal_ids.filtered(lambda one: one._is_own_act())
        return max(own.mapped("sequence"), default=0)

    # -- what the person says

    def _say(self, text, files=(), purpose="message", question=None, key=None):
        """Keep what the person writes as a letter, and tell who works the case.

        :param files: dicts with ``name``, ``raw`` and perhaps ``as_is``
        :param purpose: one of ``complaint_correspondence.SAID``
        :param question: the letter that it answers
        :param key: names what is sent; sent twice it is kept once
        :return: the letter
        :raises IntakeRefused: with a message for ``text``, ``attachments``, ``as_is``
        """
        self.ensure_one()
        case = (question.case_id if question else self).sudo()
        letters = self.env["complaint.correspondence"].sudo()
        sent = key and keyring.keyed_hash("said", f"{case.id} {key}")
        if sent and (
            same := case.correspondence_ids.filtered_domain([("mail_hash", "=", sent)])
        ):
            return same
        text = case._read_said(text, files, purpose)
        letter = letters._receive(
            case,
            text,
            files,
            medium="portal",
            purpose=purpose,
            answers_id=question and question.id,
            mail_hash=sent or False,
        )
        case._tell_said(purpose)
        return letter

    def _read_said(self, text, files, purpose):
        """Check what is written, as at the door.

        :return: the clean text; words of ours where only the act speaks
        """
        reader, problems = SubmissionReader(self.env), {}
        try:
            text = reader.read_text(text or "", TEXTS["description"])
            text = reader.read_without_code(text)
        except ValueError as error:
            problems["text"] = str(error)
        if not text and not files and purpose != "onward":
            problems["text"] = self.env._("Write something, or choose a file.")
        problems |= self._problems_of_files(files)
        if problems:
            self.env["complaint.intake"]._refuse(problems)
        own = self.with_context(lang=self.policy_id._spoken()).env
        wordless = {"onward": own._("Wants to go further, and gave no reason.")}
        return text or wordless.get(purpose) or own._("Files, without a text.")

    def _problems_of_files(self, files):
        """Refuse names with a code, and ask about what may tell who made it."""
        if not files:
            return {}
        reader = SubmissionReader(self.env)
        try:
            for file in files:
                reader.read_without_code(file["name"])
        except ValueError as error:
            return {"attachments": str(error)}
        if self.anonymity == "open":
            return {}
        examined = self.env["complaint.original"]._examine(files)
        unclean = [one for one in examined if one.reason and not one.as_is]
        if unclean:
            return {"as_is": self.env["complaint.intake"]._say_unclean(unclean)}
        return {}

    def _tell_said(self, what):
        """Tell who works the case; where it is over, also on what was split off."""
        cases = self
        if self._has_ended():
            cases |= self.child_ids.filtered(lambda one: not one._has_ended())
        today, tasks = fields.Date.context_today(self), []
        for case in cases:
            user = case.handler_id.filtered("active") or case._superior(0)
            for one in user:
                env = self.with_context(lang=one.lang).env
                tasks.append((case, one, self._say_news(what, env), today))
        self._plan_tasks("news", tasks)

    @api.model
    def _say_news(self, what, env):
        return {
            "message": env._("The complainant wrote on the status page"),
            "answer": env._("The complainant answered a question"),
            "correction": env._("The complainant corrected what was written down"),
            "help": env._("The complainant asks for help"),
            "onward": env._("The complainant wants to go further"),
            "confirmed": env._("The complainant confirmed what was written down"),
            "withdrawn": env._("The complainant has withdrawn the case"),
            "company": env._("The complainant said who shall take part"),
        }[what]

    # -- what the person does

    def _confirm_text(self):
        """Confirm that what a colleague wrote down is what was said (A-11)."""
        case = self.sudo()
        if case._is_text_to_confirm():
            case._log("text_confirmed")
            case._tell_said("confirmed")

    def _wish_company(self, roles):
        """Say who shall take part, where a meeting is held (A-21, A-22).

        :param roles: codes out of ``COMPANY``; others, such as an interpreter, stay
        :raises ValidationError: for NAV where it has no part
        """
        case = self.sudo()
        roles = [role for role in COMPANY if role in roles]
        if {*roles} - {*case._company_offered()}:
            raise ValidationError(self.env._("Choose among those who are offered."))
        roles += sorted({*(case.invite or "").split(",")} - {"", *COMPANY})  # C-31
        if ",".join(roles) == (case.invite or "") or case._has_ended():
            return
        case._log("company_wished", roles=roles)
        values = {"invite": ",".join(roles)}
        if "external_caseworker" in roles:
            values["has_external_parties"] = True
        case.write(values)
        case._tell_said("company")

    def _company_offered(self):
        """Whom the procedure lets one wish for: codes of roles."""
        policy = self.sudo().policy_id
        if self._has_ended() or "invite" not in policy._fields_asked().mapped("name"):
            return []
        is_nav = policy.is_nav_partner and self.sudo().place_type != "municipal"
        return [one for one in COMPANY if is_nav or one != "external_caseworker"]

    def _take_back(self):
        """End what is open of the submission, as its own person wants (C-12)."""
        for case in self._submission().filtered(lambda one: not one._has_ended()):
            own = case.with_context(lang=case.policy_id._spoken()).env
            case.action_withdraw(reason=own._("Withdrawn on the status page."))
            case._tell_said("withdrawn")

    def _go_further(self, text=None, files=(), key=None):
        """Say that it is not put right: somebody else takes it up (C-27, M24).

        No reason is asked for. The wish is kept as a letter, the case goes to who has
        not handled it and stands above who has, and what the procedure promises runs
        anew. Where nobody is left, who oversees it is told, and nothing is promised.

        :return: whether somebody else takes it up
        """
        self.ensure_one()
        case = self.sudo()
        if case not in case._may_go_further():
            return False
        case._say(text, files, "onward", key=key)
        user = case._find_second_look()
        if not user:
            case._log("nobody_else")
            case._alarm_auditors()
            return False
        case._begin_second_stage(user)
        return True

    def _find_second_look(self):
        """Who takes the case up anew: above all who have handled it, else outside.

        Nobody below them, who would have to judge what a superior decided.
        """
        handled = self._have_handled()
        out = self._kept_out() | handled
        above = self._units_above(handled)
        if above and (user := above[0]._responsible(out)):
            return user
        user, route = self.unit_id._receiver(self.policy_id, out, is_restricted=True)
        return user if route != "top" else user.browse()

    def _units_above(self, handled):
        """The units above all who have handled it, the nearest first."""
        line = self.unit_id._line() if not self.is_restricted else self.unit_id[:0]
        steps = [
            step
            for step, unit in enumerate(line, start=1)
            if (unit.manager_id | unit.deputy_id) & handled
        ]
        return line[max(steps, default=0) :]

    def _have_handled(self):
        """Who has the case, or has had it: the journal knows."""
        ids = {
            (entry.payload or {}).get("handler")
            for entry in self.journal_ids
            if entry.event in ("routed", "handler_assigned")
        }
        known = self.env["res.users"].browse(id_ for id_ in ids if id_)
        return known.exists() | self.handler_id

    def _begin_second_stage(self, user):
        """Give the case to somebody else, and promise anew from today."""
        before = self.handler_id
        self._recall_end()
        stage = "2" if self.stage == "1" else self.stage
        self._log("second_stage", stage=stage, outcome=self.outcome or "")
        self.write(
            {
                "state": "investigating",
                "stage": stage,
                "handler_id": user.id,
                "closed_at": False,
                "outcome": False,
            }
        )
        self._tell_receivers(before)
        self._tell_said("onward")
        running = {row.milestone for row in self.deadline_ids if row.is_open}
        self._open_deadlines(
            fields.Datetime.now(), {"update", "reply", "close"} - running
        )
        if not self._owed(("update", "reply", "close")):
            self._promise_word()

    def _promise_word(self):
        """Promise to tell how it goes on, in the time in which receipt is confirmed.

        Where the procedure has no time limit for an answer, the person still hears.
        """
        term = self.policy_id.term_ids.filtered(
            lambda one: one.milestone == "acknowledge"
        )[:1]
        if term:
            now = self._moment(fields.Datetime.now())
            day = self.policy_id._local(now).date()
            self.policy_id._ensure_calendar(day, term._horizon(day))
            deadlines = self.env["complaint.deadline"]
            row = {**deadlines._prepare_row(term, now), "milestone": "update"}
            deadlines.create(dict(row, case_id=self.id, company_id=self.company_id.id))

    # -- reprisals

    def _report_reprisal(self, text, files=(), key=None):
        """Report that somebody pays the person back for having complained (A-38).

        It becomes a case of its own with a code of its own. Whom it concerns is not
        known yet: the whole line of the unit is kept out of it until somebody above has
        said who it is. It names this case; this case shows nothing of it.

        :return: what the door returns
        :raises IntakeRefused: as :meth:`_say`
        """
        self.ensure_one()
        case = self.sudo()
        case._read_said(text, files, "message")
        if not (text or "").strip():
            problem = self.env._("Write what has happened to you.")
            self.env["complaint.intake"]._refuse({"text": problem})
        intake = self.env["complaint.intake"].sudo().with_company(case.company_id)
        values = case._prepare_reprisal(text, files, key)
        result = intake._admit([values])[0]
        report = case.browse(result["case_id"])
        if not report.retaliation_of_id:
            report.retaliation_of_id = case
            report._keep_from_handlers()
            report.party_ids._link_as(case.party_ids)
        return result

    def _prepare_reprisal(self, text, files, key):
        """Values of the door: the same persons who report, answered the same way."""
        people = self.party_ids.filtered(lambda one: one.role in REPORTING)
        own = self.with_context(lang=self.policy_id._spoken()).env
        values = {
            "unit_id": self.unit_id.id,
            "policy": self.policy_id.code,
            # The required questions of the form are not asked here.
            "channel": "api",
            "kind": "complaint",
            "title": own._("Reprisal after a complaint"),
            "description": text,
            "anonymity": self.anonymity,
            "about_manager": True,
            "wants_reply": True,
            "reply_channel": self.reply_channel,
            "lang": self.lang or self.policy_id.lang,
            "parties": [party._prepare_split() for party in people],
            "attachments": [
                {
                    "name": file["name"],
                    "content": base64.b64encode(file["raw"]),
                    "as_is": file.get("as_is", False),
                }
                for file in files
            ],
        }
        if key:
            values["submission_id"] = key
        return values

    def _bar_parties(self):
        """Who has handled what a report followed reads nothing of the report."""
        super()._bar_parties()
        for report in self.sudo().filtered("retaliation_of_id"):
            handled = report.retaliation_of_id._have_handled() - report.handler_id
            if handled - report.barred_user_ids:
                report.barred_user_ids |= handled

    def _keep_from_handlers(self):
        """Give a report on where who handled the first case would handle it too."""
        handled = self.retaliation_of_id._have_handled()
        self.barred_user_ids |= handled
        if self.handler_id in handled and self._give_on():
            self._keep_waiting()
