import time

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.klagebehandling.limits import TEXTS
from odoo.addons.klagebehandling.models.intake.refused import IntakeRefused
from odoo.addons.klagebehandling.sealing import keyring, receipt_code

OWN_ACTS = ("sign", "refuse", "remark", "meeting", "draw", "speaker", "object")
# What they say beside a text: names of fields, with how much of each is read.
OWN_FIELDS = {
    "meeting": 20,
    "digest": 64,
    "name": 200,
    "coming": 3,
    "speaker": 20,
    "limit": 20,
}
# Seconds in which a new code is to be kept and confirmed.
LASTS = 60 * 60


class ComplaintPortalDialogue(models.AbstractModel):
    """Signing, remarking, refusing and answering an invitation from the page."""

    _inherit = "complaint.portal.dialogue"

    @api.model
    def _acts(self):
        return (*super()._acts(), *OWN_ACTS)

    @api.model
    def _read_said(self, form):
        return {
            **super()._read_said(form),
            **{
                name: self._clean(form.get(name, ""))[:longest]
                for name, longest in OWN_FIELDS.items()
            },
            "drawn": form.get("drawn", "")[:4000],
        }

    @api.model
    def _kept_said(self, said):
        kept = super()._kept_said(said)
        # A new code is shown once, on the page that it was drawn on.
        kept.pop("drawn", None)
        if said["act"] not in OWN_ACTS:
            for name in OWN_FIELDS:
                kept.pop(name, None)
        return kept

    @api.model
    def _dialogue_page(self, said=None, problems=None, done=None, **values):
        page = super()._dialogue_page(said, problems, done, **values)
        return {"name": "", "coming": "", "meeting": "", **page}

    def _key_of(self, said):
        key = super()._key_of(said)
        is_own = said.get("act") in OWN_ACTS
        items = (said.get(name) for name in ("meeting", "speaker", "limit"))
        item = is_own and next(filter(None, items), None)
        return f"{said['act']}-{item}" if item else key

    def _act_sign(self, case_sudo, said, files, key):
        case_sudo._check_code_own()
        minutes = self._find_minutes(case_sudo, said)
        signature = self._plainly(
            minutes._sign_there,
            self._way_of(minutes),
            said["digest"],
            name=said["name"],
            remark=self._read_remark(said),
        )
        if signature.minutes_id.is_signed_by_us:
            text = self.env._("You have signed. Both have signed now.")
        else:
            text = self.env._("You have signed. We sign too, and you see it here.")
        return {"text": text}

    def _act_refuse(self, case_sudo, said, files, key):
        case_sudo._check_code_own()
        minutes = self._find_minutes(case_sudo, said)
        self._plainly(
            minutes._sign_there,
            self._way_of(minutes),
            said["digest"],
            remark=self._read_remark(said),
            is_refused=True,
        )
        return {
            "text": self.env._(
                "It is noted that you do not sign, and why. You can still sign later."
            )
        }

    def _act_remark(self, case_sudo, said, files, key):
        case_sudo._check_code_own()
        minutes = self._find_minutes(case_sudo, said)
        self._plainly(minutes._remark_there, said["digest"], self._read_remark(said))
        return {"text": self.env._("Your remark stands in the minutes now.")}

    def _act_meeting(self, case_sudo, said, files, key):
        meetings = case_sudo._meetings_to_come()
        meeting = meetings.filtered(lambda one: str(one.id) == said["meeting"])
        if said["coming"] not in ("yes", "no"):
            problem = self.env._("Choose whether you come.")
            self.env["complaint.intake"]._refuse({"": problem})
        if not meeting:
            problem = self.env._("This meeting has been changed. Look below.")
            self.env["complaint.intake"]._refuse({"": problem})
        meeting._answered(said["coming"] == "yes", self._read_remark(said))
        return {"text": self.env._("Thank you. We have noted whether you come.")}

    def _act_draw(self, case_sudo, said, files, key):
        """First show a new code, and put it in force once the person has kept it.

        Where the page is lost in between, the old code still opens the case.
        """
        code = self._drawn(case_sudo, said["drawn"])
        if code:
            case_sudo._put_code(code)
            return {
                "text": self.env._("Your new code is in force. The old one is not.")
            }
        code = receipt_code.make()
        drawn = {
            "drawn": code,
            "for": case_sudo.access_code_hash,
            "until": int(time.time()) + LASTS,
        }
        return {"text": "", "drawn": {"code": code, "token": keyring.encrypt(drawn)}}

    def _act_speaker(self, case_sudo, said, files, key):
        """Nobody speaks for the person any more by this right; then a new code."""
        if not case_sudo._end_authorisation(said["speaker"]):
            problem = self.env._("This has ended already. Look below.")
            self.env["complaint.intake"]._refuse({"": problem})
        done = {
            "text": self.env._(
                "It is noted: from now on we write to you. Whoever knows your code can "
                "still open this page: here is a new one."
            )
        }
        return {**self._act_draw(case_sudo, {"drawn": ""}, files, key), **done}

    def _act_object(self, case_sudo, said, files, key):
        """The person does not agree with how contact is kept."""
        is_new = case_sudo._object_to_limit(said["limit"], said["text"])
        if is_new is None:
            problem = self.env._("This limit is over. Look below.")
            self.env["complaint.intake"]._refuse({"": problem})
        if not is_new:
            return {"text": self.env._("You have told us that already.")}
        return {
            "text": self.env._(
                "Your objection is noted. Somebody who has not decided it looks at it "
                "and answers you."
            )
        }

    def _drawn(self, case_sudo, token):
        """The code of a token that was made for this case and the code in force."""
        try:
            drawn = keyring.decrypt(token)
        except keyring.IdentityUnreadable:
            return None
        is_ours = drawn.get("for") == case_sudo.access_code_hash
        is_ours = is_ours and drawn.get("until", 0) > time.time()
        return drawn.get("drawn") if is_ours else None

    def _find_minutes(self, case_sudo, said):
        """The minutes of a meeting of this case that stand on the page now."""
        minutes = case_sudo._minutes_to_read().filtered(
            lambda one: str(one.meeting_id.id) == said["meeting"]
        )
        if not minutes:
            problem = self.env._("These minutes are not here any more.")
            self.env["complaint.intake"]._refuse({"": problem})
        return minutes

    def _way_of(self, minutes):
        return "portal" if minutes.case_id.anonymity == "open" else "code"

    def _read_remark(self, said):
        if len(said["text"]) > TEXTS["description"]:
            problem = self.env._("This is too long. Write it shorter.")
            self.env["complaint.intake"]._refuse({"text": problem})
        return said["text"]

    def _plainly(self, act, *args, **kwargs):
        """Say what the core refuses on the page, where nothing typed is lost."""
        try:
            return act(*args, **kwargs)
        except IntakeRefused:
            raise
        except UserError as error:
            return self.env["complaint.intake"]._refuse({"": str(error)})
