"""Rows that hang on a message or a meeting: for who works the case behind it.

Each names the leak it closes; ``test_world_is_the_same_without_the_hidden_cases`` and
``test_relations_lead_to_nothing_hidden`` prove them.
"""

from odoo import models


class CalendarAttendee(models.Model):
    """Leak: who is invited to what. See ``calendar.event``."""

    _name = "calendar.attendee"
    _inherit = ["calendar.attendee", "complaint.case.attached"]
    _document_link = "event_id"


class MailMail(models.Model):
    """Leak: what is mailed of a case. See ``mail.message``."""

    _name = "mail.mail"
    _inherit = ["mail.mail", "complaint.case.attached"]
    _document_link = "mail_message_id"


class MailNotification(models.Model):
    """Leak: who is told of a case, and whether it failed."""

    _name = "mail.notification"
    _inherit = ["mail.notification", "complaint.case.attached"]
    _document_link = "mail_message_id"


class MailMessageSchedule(models.Model):
    """Leak: what is told of a case later, and when."""

    _name = "mail.message.schedule"
    _inherit = ["mail.message.schedule", "complaint.case.attached"]
    _document_link = "mail_message_id"


class MailMessageReaction(models.Model):
    """Leak: who reacted to the talk of a case."""

    _name = "mail.message.reaction"
    _inherit = ["mail.message.reaction", "complaint.case.attached"]
    _document_link = "message_id"


class MailMessageTranslation(models.Model):
    """Leak: the talk of a case in other words."""

    _name = "mail.message.translation"
    _inherit = ["mail.message.translation", "complaint.case.attached"]
    _document_link = "message_id"


class MailMessageLinkPreview(models.Model):
    """Leak: which links stand in the talk of a case."""

    _name = "mail.message.link.preview"
    _inherit = ["mail.message.link.preview", "complaint.case.attached"]
    _document_link = "message_id"


class MailTrackingValue(models.Model):
    """Leak: what changed in a case, before and after."""

    _name = "mail.tracking.value"
    _inherit = ["mail.tracking.value", "complaint.case.attached"]
    _document_link = "mail_message_id"
