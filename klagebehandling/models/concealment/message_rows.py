from odoo import models


class CalendarAttendee(models.Model):
    _name = "calendar.attendee"
    _inherit = ["calendar.attendee", "complaint.walled.document"]
    _document_link = "event_id"


class MailMail(models.Model):
    _name = "mail.mail"
    _inherit = ["mail.mail", "complaint.walled.document"]
    _document_link = "mail_message_id"


class MailNotification(models.Model):
    _name = "mail.notification"
    _inherit = ["mail.notification", "complaint.walled.document"]
    _document_link = "mail_message_id"


class MailMessageSchedule(models.Model):
    _name = "mail.message.schedule"
    _inherit = ["mail.message.schedule", "complaint.walled.document"]
    _document_link = "mail_message_id"


class MailMessageReaction(models.Model):
    _name = "mail.message.reaction"
    _inherit = ["mail.message.reaction", "complaint.walled.document"]
    _document_link = "message_id"


class MailMessageTranslation(models.Model):
    _name = "mail.message.translation"
    _inherit = ["mail.message.translation", "complaint.walled.document"]
    _document_link = "message_id"


class MailMessageLinkPreview(models.Model):
    _name = "mail.message.link.preview"
    _inherit = ["mail.message.link.preview", "complaint.walled.document"]
    _document_link = "message_id"


class MailTrackingValue(models.Model):
    _name = "mail.tracking.value"
    _inherit = ["mail.tracking.value", "complaint.walled.document"]
    _document_link = "mail_message_id"
