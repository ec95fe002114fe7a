from datetime import UTC

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sealing import keyring
from .complaint_case_register import COMPLAINANT, SPOKEN

# What a registered complaint leaves behind here.
KEPT = {"state", "channel", "unit_id", "anonymity", "received_at", "kind"}
INVITED = {"is_supervisor_invited": "staff", "is_nav_invited": "external_caseworker"}
HELPING = {
    "is_interpreter_wanted": "interpreter",
    "is_advocate_wanted": "representative",
    "is_helper_wanted": "support_person",
}


class ComplaintCaseRegister(models.TransientModel):
    """From what the employee wrote to the door, and the receipt for the person."""

    _inherit = "complaint.case.register"

    reference = fields.Char(readonly=True)
    access_code = fields.Char(string="Receipt code", compute="_compute_access_code")
    acknowledge_on = fields.Date(string="Confirmed at the latest", readonly=True)
    reply_on = fields.Date(string="Answered at the latest", readonly=True)
    status_url = fields.Char(compute="_compute_status_url")
    case_number = fields.Integer(groups=fields.NO_ACCESS)
    is_case_readable = fields.Boolean(compute="_compute_is_case_readable")
    is_closed = fields.Boolean(readonly=True)

    @api.depends("identity_sealed")
    def _compute_access_code(self):
        for form in self:
            form.access_code = form._open_typed().get("access_code", False)

    @api.depends("state")
    def _compute_status_url(self):
        has_page = "klagebehandling_portal" in self.env.registry._init_modules
        for form in self:
            form.status_url = has_page and f"{form.get_base_url()}/klage/status"

    @api.depends("case_number")
    def _compute_is_case_readable(self):
        for form in self:
            form.is_case_readable = bool(form._readable_case())

    def action_register(self):
        """Register what was written down, then show the receipt.

        Everything typed stays where it is when the procedure refuses something.

        :raises ValidationError: with every problem in one message
        """
        self.ensure_one()
        self.check_access("write")
        if self.state == "receipt":
            return False
        intake = self.env["complaint.intake"].with_company(self.unit_id.company_id)
        result = intake.register(self._prepare_intake())
        case_sudo = self.env["complaint.case"].sudo().browse(result["case_id"])
        is_closed = self._settle_at_once(case_sudo)
        self._become_receipt(case_sudo, result, is_closed)
        return False

    def action_register_another(self):
        """Start over with an empty page."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "klagebehandling.complaint_case_register_action"
        )
        return dict(action, target="main")

    def action_open_case(self):
        """Open the registered case, for who may read it."""
        self.ensure_one()
        self.check_access("read")
        case = self._readable_case()
        if not case:
            raise UserError(self.env._("Whoever handles the case opens it."))
        return self._show(case, target="main")

    def action_print(self):
        """Print the page as the browser shows it."""
        return {"type": "ir.actions.client", "tag": "klagebehandling.print_page"}

    def _readable_case(self):
        number = self.sudo().case_number
        case = self.env["complaint.case"].browse(number or [])
        return case.filtered(lambda case: case.has_access("read"))

    def _prepare_intake(self):
        """The plain dict for the door."""
        self.ensure_one()
        values = {
            "unit_id": self.unit_id.id,
            "channel": self.channel,
            "kind": self.kind,
            "title": self.title or None,
            "description": self.description or None,
            "desired_outcome": self.desired_outcome or None,
            "event_date": fields.Date.to_string(self.event_date) or None,
            "event_until": fields.Date.to_string(self.event_until) or None,
            "event_words": self.event_words or None,
            "received_at": self.received_at.replace(tzinfo=UTC).isoformat(),
            "categories": self.category_ids.mapped("code"),
            "anonymity": self.anonymity,
            "lang": self.lang or None,
            "wants_reply": self.wants_reply,
            "about_manager": self.about_manager,
            "has_external_parties": self.has_external_parties,
            "parties": self._prepare_parties(),
            "attachments": self._prepare_attachments(),
            **self._prepare_wishes(),
        }
        return {key: value for key, value in values.items() if value is not None}

    def _prepare_wishes(self):
        """What only some complaints have."""
        wishes = {}
        if self.anonymity != "anonymous":
            wishes["reply_channel"] = self.reply_channel or None
            wishes["authorisation"] = self.authorisation or None
        if self.is_nav_partner:
            wishes["place_type"] = self.place_type or None
        asked = {**(INVITED if self.is_nav_partner else {}), **HELPING}
        wishes["invite"] = [code for name, code in asked.items() if self[name]]
        if self.is_interpreter_wanted:
            wishes["interpreter_language"] = self.interpreter_language or None
        if self.is_assisted:
            wishes["assisted"] = {
                "by": self.env.uid,
                "read_back": self.is_read_back,
                "copy_given": self.is_copy_given,
                "informed": self.is_informed,
                "asked_to_write": self.asked_to_write or None,
            }
        return wishes

    def _prepare_parties(self):
        known = self._open_typed()
        is_known = self.anonymity != "anonymous"
        own = COMPLAINANT[:-1] if is_known else ()
        complainant = {key: known[key] for key in own if key in known}
        parties = [
            {
                "role": "complainant",
                "kind": self.complainant_kind or None,
                **complainant,
            }
        ]
        if is_known and known.get("service_user_name"):
            parties.append({"role": "service_user", "name": known["service_user_name"]})
        return parties + self._prepare_subject(known)

    def _prepare_subject(self, known):
        user, name = self.subject_user_id, known.get("subject_name")
        if not user and not name:
            return []
        return [
            {"role": "subject", "user_id": user.id or None, "name": name or user.name}
        ]

    def _prepare_attachments(self):
        return [
            {
                "name": file.name,
                "content": file.with_context(bin_size=False).datas.decode(),
            }
            for file in self.attachment_ids
        ]

    def _settle_at_once(self, case_sudo):
        """Keep how it was put right, and close the case where the user may (E-13).

        The person is told in a letter, or was told by the user there and then.
        """
        if not self.is_remedied:
            return False
        case_sudo.write({"remedy": self.remedy, "lesson": self.lesson})
        case = case_sudo.with_env(self.env)
        if not case.has_access("write"):
            return False
        return case.action_close("resolved_at_once", **self._prepare_told(case_sudo))

    def _prepare_told(self, case_sudo):
        is_told = self.is_told and self.channel in SPOKEN
        if not is_told or self.anonymity == "anonymous":
            return {}
        return {"medium": self.channel, "told_on": case_sudo._received_on()}

    def _become_receipt(self, case_sudo, result, is_closed):
        """Keep the receipt and nothing of what was told."""
        running = case_sudo.deadline_ids.filtered("is_open")
        due = {row.milestone: row.due_on for row in running}
        self._own_uploads().unlink()
        blank = {
            name: False
            for name, field in self._fields.items()
            if field.store and name not in KEPT and name not in models.MAGIC_COLUMNS
        }
        self.sudo().write(
            {
                **blank,
                "state": "receipt",
                "reference": result["reference"],
                "identity_sealed": keyring.encrypt(
                    {"access_code": result["access_code"]}
                ),
                "case_number": result["case_id"],
                "is_closed": is_closed,
                "acknowledge_on": due.get("acknowledge"),
                "reply_on": due.get("reply"),
            }
        )

    def _own_uploads(self):
        return self.attachment_ids.filtered(
            lambda file: (
                file.res_model == self._name and file.create_uid == self.env.user
            )
        )
