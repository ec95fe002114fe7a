from odoo import models


class ComplaintIntakeFiles(models.AbstractModel):
    """The files of an incoming complaint."""

    _name = "complaint.intake.files"
    _description = "Files at the door"

    def _files(self, form):
        """What became of the files when they were cleaned; done once."""
        if not hasattr(form, "files"):
            given = form.given.get("attachments", [])
            form.files = self.env["complaint.original"]._examine(given)
        return form.files

    def _check_files(self, form, problems):
        """On the web the sender is asked what to do with a file that may betray them.

        In every other channel nobody can be asked: see ``complaint.original``.
        """
        if form.channel != "web" or form.anonymity == "open":
            return
        unclean = [file for file in self._files(form) if file.reason and not file.as_is]
        if unclean:
            # A question of its own: the file itself is not wrong.
            problems["as_is"] = self._say_unclean(unclean)

    def _say_unclean(self, files):
        labels = dict(
            self.env["complaint.original"]
            ._fields["reason"]
            ._description_selection(self.env)
        )
        named = ", ".join(f"{file.name} ({labels[file.reason]})" for file in files)
        return self.env._(
            "We cannot remove what may tell who you are from: %(files)s. Choose it in "
            "another format, such as a photo of the page or a PDF, or leave it out. Or "
            "say that it shall be sent as it is: it may tell who made it.",
            files=named,
        )

    def _file_events(self, form):
        files = self._files(form)
        if files:
            yield "files_received", self.env["complaint.original"]._payload(files)

    def _keep_files(self, forms):
        """Store the cleaned copies and the sealed originals of all forms."""
        letter = self.env["complaint.correspondence"]
        batch = [
            (form.case, letter, self._files(form))
            for form in forms
            if self._files(form)
        ]
        if batch:
            self.env["complaint.original"]._keep(batch)
