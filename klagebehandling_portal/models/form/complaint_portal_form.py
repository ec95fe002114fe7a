import logging
import traceback

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError, ValidationError

from odoo.addons.klagebehandling.addresses import mail_address
from odoo.addons.klagebehandling.limits import MAX_FILE, MAX_FILES, MEGABYTE, TEXTS
from odoo.addons.klagebehandling.models.intake.refused import IntakeRefused
from odoo.addons.klagebehandling.vocabulary import WHEN

from ... import form_token
from .complaint_portal_question import IDENTITY
from .complaint_portal_sheet import MANY

_logger = logging.getLogger(__name__)

YES_NO = {"yes": True, "no": False}


class ComplaintPortalForm(models.AbstractModel):
    """Reads a sent form, registers it through the door, or says what is missing."""

    _name = "complaint.portal.form"
    _inherit = "complaint.portal.sheet"
    _description = "Public complaint form"

    @api.model
    def _read_form(self, form, questions):
        """What was answered: dict from name to a text, or to a list of texts.

        :param form: multi dict of what the browser sent
        """
        answers = {}
        for name, question in questions.items():
            given = [self._clean(text) for text in form.getlist(name)]
            if question["control"] in MANY:
                answers[name] = [text for text in given if text]
            elif question["control"] not in ("file", "group"):
                answers[name] = given[0] if given else ""
        return answers

    @api.model
    def _submit(self, unit, token, trap, answers, files, questions):
        """Register what was sent.

        :param token: of the form, see ``form_token``
        :param trap: what stands in the field that nobody sees; marks, never refuses
        :param files: file storages of the request
        :return: ``(receipt, problems)``: what ``register`` returns and an empty dict,
            or ``None`` and a message for each field
        """
        problems = self._problems(token, answers, files, questions)
        values = self._prepare_intake(unit, answers)
        contents = []
        if not {"", "attachments"} & problems.keys():
            contents = [(self._clean(file.filename), file.read()) for file in files]
            values["attachments"] = self._prepare_files(contents, answers)
        if problems:
            return None, self._also_at_the_door(values, problems)
        values["submission_id"] = form_token.submission(token)
        receipt, problems = self._hand_in(values)
        if receipt and (trap or form_token.age(token) < form_token.TOO_QUICK):
            self.env["complaint.case"].browse(receipt["case_id"])._mark_automatic()
        return receipt, problems

    def _hand_in(self, values):
        """Register, or store nothing and say what the door refuses."""
        # Not released where all is well: the end of the transaction does that.
        savepoint = self.env.cr.savepoint()
        try:
            receipt = self.env["complaint.intake"].sudo().register(values)
            self.env.flush_all()
            return receipt, {}
        except UniqueViolation as error:
            # Sent twice at once. A new transaction sees the other one's case.
            raise ConcurrencyError("twice at once") from error
        except IntakeRefused as refusal:
            savepoint.rollback()
            return None, refusal.problems
        except ValidationError as error:
            savepoint.rollback()
            # Only where it happened: the message could quote the complaint.
            place = "".join(traceback.format_tb(error.__traceback__))
            _logger.error("A complaint from the web was not registered:\n%s", place)
            text = self.env._(
                "We could not register this because of a fault on our side. Try again "
                "later, or contact us in another way."
            )
            return None, {"": text}

    def _also_at_the_door(self, values, problems):
        """Add what the door will refuse, so that nothing has to be corrected twice."""
        try:
            self.env["complaint.intake"].sudo()._accept(values, {})
        except ValidationError as error:
            # A fault of our own is told and logged once nothing is to be corrected.
            refused = error.problems if isinstance(error, IntakeRefused) else {}
            return {**refused, **problems}
        return problems

    def _prepare_intake(self, unit, answers):
        """The values for ``complaint.intake.register``, without files (hook).

        :param answers: as of ``_read_form``
        """
        policy = unit._public_policy()
        values = {
            "unit_id": unit.id,
            "channel": "web",
            "lang": self.env.lang,
            "kind": answers.get("kind") or self._only_kind(policy),
            "anonymity": answers.get("anonymity") or None,
            "parties": [self._prepare_complainant(answers)],
        }
        if (answers.get("unit_id") or "").isdecimal():
            values["unit_id"] = int(answers["unit_id"])
        for name in (*TEXTS, *WHEN):
            values[name] = answers.get(name) or None
        for name in ("authorisation", "place_type", "reply_channel"):
            values[name] = answers.get(name) or None
        values["categories"] = answers.get("categories") or None
        wanted = [*(answers.get("invite") or ()), *(answers.get("support") or ())]
        values["invite"] = wanted or None
        for name in ("wants_reply", "about_manager"):
            values[name] = YES_NO.get(answers.get(name))
        if values["wants_reply"] is False or values["anonymity"] == "anonymous":
            values["reply_channel"] = None
        return values

    def _prepare_complainant(self, answers):
        """The person; what an anonymous one has typed is not even passed on."""
        party = {"role": "complainant", "kind": answers.get("complainant_kind") or None}
        if answers.get("anonymity") != "anonymous":
            party |= {name: answers[name] for name in IDENTITY if answers.get(name)}
        return party

    def _only_kind(self, policy):
        kinds = policy._kinds()
        return kinds[0] if len(kinds) == 1 else None

    def _problems(self, token, answers, files, questions):
        problems = self._problems_of_form(token)
        for name, question in questions.items():
            problem = self._problem_of_answer(answers.get(name), question)
            if problem:
                problems[name] = problem
        if answers.get("anonymity") != "anonymous":
            problems |= self._problems_of_contact(answers)
        unfit = [
            self._clean(file.filename)
            for file in files
            if not 0 < self._size(file) <= MAX_FILE
        ]
        if unfit:
            problems["attachments"] = self.env._(
                "Empty or larger than %(size)s MB: %(files)s. Leave it out, or choose "
                "a smaller one.",
                size=MAX_FILE // MEGABYTE,
                files=", ".join(unfit),
            )
        elif sum(self._size(file) for file in files) > MAX_FILES:
            problems["attachments"] = self.env._(
                "The files are larger than %(size)s MB together. Choose fewer or "
                "smaller ones.",
                size=MAX_FILES // MEGABYTE,
            )
        return problems

    def _problems_of_form(self, token):
        """Ask to send once more what comes with a token of nobody.

        Who fills in the trap or is quick is refused nothing: people who paste, dictate
        or let a browser fill in do that too.
        """
        age = form_token.age(token)
        if age is None or age > form_token.EXPIRES:
            text = self.env._(
                "The form had been open for too long. Nothing is lost: send once more."
            )
            return {"": text}
        return {}

    def _problem_of_flood(self):
        """What is said where very many forms came from one address."""
        return self.env._(
            "Very many forms are coming from your network. Nothing is lost: wait "
            "%(minutes)s minutes, then send once more. Or use another network.",
            minutes=self.env["complaint.throttle"]._minutes_left(),
        )

    def _problem_of_answer(self, answer, question):
        values = {option["value"] for option in question["options"]}
        if answer and values:
            given = answer if isinstance(answer, list) else [answer]
            # What the procedure forbids is explained by the door (B-17).
            if set(given) - values - {"anonymous"}:
                return self.env._("Choose among the answers that are offered.")
        if question["name"] in ("anonymity", "unit_id") and question["is_required"]:
            return None if answer else self.env._("Please choose one.")
        return None

    def _problems_of_contact(self, answers):
        """An address is needed where the answer shall go there."""
        problems = {}
        if answers.get("email") and not mail_address(answers["email"]):
            problems["email"] = self.env._(
                "This is no e-mail address. Write it like this: name@example.com."
            )
        channel = answers.get("wants_reply") != "no" and answers.get("reply_channel")
        field = self.env["complaint.correspondence"]._channel(channel).needs
        if field in answers and not answers[field]:
            request = {
                "email": self.env._("Write your e-mail address"),
                "phone": self.env._("Write your phone number"),
                "street": self.env._("Write your street address"),
            }.get(field, self.env._("Fill this in"))
            problems[field] = self.env._(
                "%(request)s, or choose to be answered in another way.", request=request
            )
        return problems
