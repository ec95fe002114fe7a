from odoo.exceptions import ValidationError


class IntakeRefused(ValidationError):
    """The door, or the naming of a person, does not take what was given.

    Forms catch it and put each message beside its field; to everybody else it is the
    ``ValidationError`` that ``register`` promises.

    :param message: every problem in one text
    :param problems: dict from the name of a field to its message
    """

    def __init__(self, message, problems):
        super().__init__(message)
        self.problems = problems


# Odoo tells clients the class by its name, and the web client shows one it does not
# know as a crash, with the traceback: on the wire it is a ValidationError.
IntakeRefused.__name__ = ValidationError.__name__
IntakeRefused.__module__ = ValidationError.__module__
