import base64
import logging
import traceback

from psycopg2 import Error as DatabaseError
from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError

from odoo.addons.klagebehandling.limits import MAX_FILES, MEGABYTE, TEXTS
from odoo.addons.klagebehandling.models.intake.refused import IntakeRefused
from odoo.addons.klagebehandling.models.intake.submission_reader import (
    SubmissionReader,
)
from odoo.addons.klagebehandling.models.satisfaction.complaint_satisfaction import (
    QUESTIONS,
)

from ... import form_token

_logger = logging.getLogger(__name__)

# What is written: each act with the purpose of its letter.
WRITTEN = {"write": "message", "help": "help", "correct": "correction"}
# Acts that are looked through before they are done.
CONFIRMED = ("withdraw",)
ACTS = (
    *WRITTEN,
    *CONFIRMED,
    "answer",
    "confirm",
    "further",
    "way",
    "reprisal",
    "company",
    "remove",
    "checkback",
    "rate",
)


class ComplaintPortalDialogue(models.AbstractModel):
    """Reads what is sent from the page of a case, and does it or says what is wrong."""

    _name = "complaint.portal.dialogue"
    _inherit = "complaint.portal.form"
    _description = "Dialogue on the page of a case"

    @api.model
    def _acts(self):
        """Hook: what can be sent from the page; a room above adds its own acts."""
        return ACTS

    @api.model
    def _read_said(self, form):
        """What was typed and chosen: nothing but our own names.

        :param form: multi dict of what the browser sent
        """
        return {
            "act": form.get("act", "")[:20],
            "text": self._clean(form.get("text", "")),
            "question": form.get("question", "")[:20],
            "reference": form.get("reference", "")[:20],
            "as_is": "yes" if form.get("attachments_as_is") == "yes" else "",
            "roles": [role[:40] for role in form.getlist("roles")][:10],
            "checkback": form.get("checkback", "")[:20],
            "way": form.get("way", "")[:20],
            **{name: form.get(name, "")[:1] for name in QUESTIONS},
        }

    @api.model
    def _kept_said(self, said):
        """The same as hidden fields of the page that asks for the code again."""
        kept = {**said, "attachments_as_is": said["as_is"]}
        kept.pop("as_is")
        return kept if said["act"] in self._acts() else {}

    @api.model
    def _dialogue_page(self, said=None, problems=None, done=None, **values):
        """What the forms show: what was typed, and what is wrong with it."""
        said, problems = said or {}, dict(problems or {})
        as_is = problems.pop("as_is", None)
        if as_is:
            problems["attachments"] = as_is
        return {
            "act": None,
            "text": "",
            "question": "",
            "reference": "",
            "roles": [],
            "checkback": "",
            "way": "",
            **dict.fromkeys(QUESTIONS, ""),
            **said,
            "key": self._key_of(said),
            "problems": problems,
            "is_as_is_asked": bool(as_is or said.get("as_is")),
            "is_as_is": "checked" if said.get("as_is") else None,
            "cleaning": self._say_cleaning(),
            "most": MAX_FILES // MEGABYTE,
            "longest": TEXTS["description"],
            "token": form_token.make(),
            "done": done,
            **values,
        }

    def _key_of(self, said):
        """Which form of the page it is, as the ids of its fields end."""
        parts = (said.get("act"), said.get("question") or said.get("reference"))
        return "-".join(part for part in parts if part)

    @api.model
    def _do(self, case_sudo, said, uploads, token):
        """Do what was sent.

        :param case_sudo: the case, by a user who tells nobody
        :param uploads: file storages of the request
        :return: ``(done, problems, status)``: what to say, or a message for each field
        """
        try:
            with self.env.cr.savepoint():
                files = self._read_uploads(uploads, said)
                return self._act(case_sudo, said, files, token), {}, 200
        except IntakeRefused as refusal:
            return None, self._own_names(refusal.problems), 422
        except UniqueViolation as error:
            # Sent twice at once. A new transaction sees the other one's letter.
            raise ConcurrencyError("twice at once") from error
        except (DatabaseError, ConcurrencyError):
            raise
        except Exception as error:  # noqa: BLE001 nothing that was typed gets lost
            place = "".join(traceback.format_tb(error.__traceback__))
            _logger.error("An act on the page of a case failed:\n%s", place)
            text = self.env._(
                "We could not do this because of a fault on our side. What you wrote "
                "is still here: try again later, or contact us in another way."
            )
            return None, {"": text}, 500

    def _own_names(self, problems):
        """What the door refuses, beside the fields of this page."""
        names = {"description": "text", "title": "text", "parties": ""}
        return {names.get(name, name): text for name, text in problems.items()}

    def _read_uploads(self, uploads, said):
        """The files, as the door reads them.

        :raises IntakeRefused: for too many or too large ones
        """
        if sum(self._size(one) for one in uploads) > MAX_FILES:
            text = self.env._(
                "The files are larger than %(size)s MB together. Choose fewer or "
                "smaller ones.",
                size=MAX_FILES // MEGABYTE,
            )
            self.env["complaint.intake"]._refuse({"attachments": text})
        given = [
            {
                "name": self._clean(one.filename),
                "content": base64.b64encode(one.read()),
                "as_is": said["as_is"] == "yes",
            }
            for one in uploads
        ]
        try:
            return SubmissionReader(self.env).read_attachments(given)
        except ValueError as error:
            return self.env["complaint.intake"]._refuse({"attachments": str(error)})

    def _act(self, case_sudo, said, files, token):
        """Do one act.

        :return: what is said about it on the page, as a dict with ``text``
        """
        act, text = said["act"], said["text"]
        is_ours = form_token.age(token) is not None
        key = f"{act} {form_token.submission(token)}" if is_ours else None
        if act in WRITTEN:
            case_sudo._say(text, files, WRITTEN[act], key=key)
            return {"text": self.env._("Thank you. We have received it.")}
        build = getattr(self, f"_act_{act}")
        return build(case_sudo, said, files, key)

    def _act_answer(self, case_sudo, said, files, key):
        questions = {
            str(one.id): one for one in case_sudo._submission().correspondence_ids
        }
        question = questions.get(said["question"])
        if not question or question.purpose != "question":
            problem = self.env._("This question is not asked any more.")
            self.env["complaint.intake"]._refuse({"": problem})
        if question.direction == "out" and not question._is_open_question():
            # Answered already, or the case has ended: what is written is kept all the
            # same, as a message.
            question.case_id._say(said["text"], files, key=key)
        else:
            case_sudo._say(said["text"], files, "answer", question, key)
        return {"text": self.env._("Thank you for your answer. We have received it.")}

    def _act_confirm(self, case_sudo, said, files, key):
        case_sudo._confirm_text()
        return {"text": self.env._("Thank you. It is noted that you confirm the text.")}

    def _act_company(self, case_sudo, said, files, key):
        case_sudo._wish_company(said["roles"])
        return {"text": self.env._("It is noted who you want to take part.")}

    def _act_further(self, case_sudo, said, files, key):
        cases = case_sudo._submission()
        case = cases.filtered(lambda one: one.reference == said["reference"])
        case = case or case_sudo
        if case not in case_sudo._may_go_further():
            return {"text": self.env._("You have told us that already.")}
        if case._go_further(said["text"], files, key):
            text = self.env._(
                "Somebody who has not handled it before takes it up. Below you see by "
                "when you hear from us."
            )
        else:
            text = self.env._(
                "It is noted. Nobody is left here who could take it up anew: those who "
                "oversee us have been told. You can also go on as is said below."
            )
        return {"text": text}

    def _act_way(self, case_sudo, said, files, key):
        """To the caseworker at NAV, or to the management: the person chooses."""
        cases = case_sudo._submission()
        case = cases.filtered(lambda one: one.reference == said["reference"])
        case, way = case or case_sudo, said["way"]
        ways = case._ways_onward()
        if not ways:
            return {"text": self.env._("You have told us that already.")}
        if way not in ways:
            problem = self.env._("Choose to whom you want to take it.")
            self.env["complaint.intake"]._refuse({"": problem})
        if not case._choose_way(way, said["text"], files, key):
            text = self.env._(
                "It is noted. Nobody is left in the management who could take it up: "
                "those who oversee us have been told. You can also go on as is said "
                "below."
            )
        elif way == "nav":
            text = self.env._(
                "It is noted that you want it sent to your caseworker at NAV. You see "
                "here when it has been."
            )
        else:
            text = self.env._(
                "The management takes it up. Below you see by when you hear from us."
            )
        return {"text": text}

    def _act_withdraw(self, case_sudo, said, files, key):
        case_sudo._take_back()
        return {"text": self.env._("You have withdrawn it, and the case has ended.")}

    def _act_remove(self, case_sudo, said, files, key):
        case_sudo._ask_erasure()
        return {"text": ""}

    def _act_reprisal(self, case_sudo, said, files, key):
        key = key and key.partition(" ")[2]
        receipt = case_sudo._report_reprisal(said["text"], files, key)
        return {
            "text": self.env._("We have received it. It is a case of its own."),
            "receipt": receipt,
        }

    def _act_checkback(self, case_sudo, said, files, key):
        """How it has gone since: one of the answers, and words where one wants."""
        if not case_sudo._open_checkback():
            return {"text": self.env._("You have told us that already.")}
        if not case_sudo._answer_checkback(said["checkback"], said["text"], key):
            problem = self.env._("Choose one of the answers.")
            self.env["complaint.intake"]._refuse({"": problem})
        if said["checkback"] == "reprisal":
            text = self.env._(
                "Thank you for telling us. You can also report it further down: then "
                "others look into it as a case of its own."
            )
        else:
            text = self.env._("Thank you for telling us.")
        return {"text": text}

    def _act_rate(self, case_sudo, said, files, key):
        """How the handling was: three numbers, kept apart from the case."""
        if not case_sudo._may_rate():
            return {"text": self.env._("You have answered already.")}
        numbers = {
            name: int(said[name]) for name in QUESTIONS if said[name] in (*"12345",)
        }
        if not case_sudo._rate(numbers):
            problem = self.env._("Answer all three questions.")
            self.env["complaint.intake"]._refuse({"": problem})
        return {"text": self.env._("Thank you. Your answer is kept without your case.")}
