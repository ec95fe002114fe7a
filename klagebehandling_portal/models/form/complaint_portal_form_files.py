import base64

from odoo import api, models

from odoo.addons.klagebehandling.cleaner import image, pdf, recording

AS_IS = "attachments_as_is"


class ComplaintPortalForm(models.AbstractModel):
    """The files of a public form: what is removed, and what the sender chooses."""

    _inherit = "complaint.portal.form"

    @api.model
    def _read_form(self, form, questions):
        answers = super()._read_form(form, questions)
        if "attachments" in questions and form.get(AS_IS) == "yes":
            answers[AS_IS] = "yes"
        return answers

    def _prepare_files(self, contents, answers):
        """The files for the door, with the sender's choice about them."""
        is_as_is = answers.get(AS_IS) == "yes"
        return [
            {"name": name, "content": base64.b64encode(content), "as_is": is_as_is}
            for name, content in contents
        ]

    @api.model
    def _page(self, unit, questions, answers, problems):
        page = super()._page(unit, questions, answers, problems)
        is_as_is = answers.get(AS_IS) == "yes"
        cleaning = {
            **self._say_cleaning(),
            "is_as_is": "checked" if is_as_is else None,
            "is_asked": is_as_is or "as_is" in problems,
        }
        for section in page["sections"]:
            seen = [section, *section["folds"]]
            for question in [one for part in seen for one in part["questions"]]:
                if question["control"] == "file":
                    question["cleaning"] = cleaning
        return page

    def _say_cleaning(self):
        """What is removed from files, and which ones cannot be cleaned."""
        if pdf.HAS_ENGINE:
            done = self.env._(
                "From photos, PDF files and documents of Word, Excel, PowerPoint and "
                "LibreOffice we remove what they tell about who made them, when, where "
                "and with what. The file as you sent it is locked away."
            )
        else:
            done = self.env._(
                "From photos and documents of Word, Excel, PowerPoint and LibreOffice "
                "we remove what they tell about who made them, when, where and with "
                "what. The file as you sent it is locked away. We cannot do this with "
                "PDF files."
            )
        if recording.HAS_ENGINE and image.HAS_HEIC:
            not_done = self.env._(
                "The usual kinds of sound and film and photos in the format HEIC are "
                "cleaned too; voices stay as they are. We cannot clean packed files "
                "(zip), old documents (.doc, .xls, .ppt, .rtf), e-mails, keys and "
                "signatures, web pages, documents with macros, and files that are "
                "locked with a password or signed. If you are anonymous or protected "
                "we ask you before such a file is sent."
            )
        else:
            not_done = self.env._(
                "We cannot clean sound, film, packed files (zip), photos in the format "
                "HEIC, old documents (.doc, .xls, .ppt, .rtf), e-mails, web pages, "
                "documents with macros, and files that are locked with a password or "
                "signed. If you are anonymous or protected we ask you before such a "
                "file is sent."
            )
        return {"done": done, "not_done": not_done}

    @api.model
    def _kept(self, case_sudo, files):
        """What was done with each file, for the receipt.

        :return: list of dicts with ``name`` as the sender knows it, and ``text``
        """
        words = {
            "cleaned": self.env._(
                "Cleaned: what it told about who made it, when and where is removed."
            ),
            "plain": self.env._("Plain text: nothing is hidden in it."),
            "kept": self.env._("Kept as it is: it may tell who made it."),
            "sealed": self.env._("Locked away."),
        }
        originals = case_sudo.original_ids.filtered(
            lambda original: not original.correspondence_id
        )
        return [
            {"name": self._clean(file.filename), "text": words[original.state]}
            for file, original in zip(files, originals.sorted("number"), strict=False)
        ]
