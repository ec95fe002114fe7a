from odoo import api, fields, models
from odoo.tools import SQL

READ = {"char", "text", "html"}
WORDS = READ | {"json", "binary"}
# Codes, and which key sealed what is gone.
CODES = {"key_mark", "kind", "kinds", "lang", "medium"}
# Stands where somebody had written: constraints and figures count that a word is there.
MARK = "–"


class ComplaintUnseen(models.AbstractModel):
    """Adds what a disposal leaves of a row: no word that is not named here.

    Dates, numbers and choices stay, which figures are made of. Words that people read
    become a mark; what nobody reads (seals, hashes, salts, tokens) goes. A column of
    another room or addon goes too, unless its model says that it outlives the case.
    """

    _inherit = "complaint.unseen"
    # Whether a disposal goes through the rows at all.
    _is_disposed_of = True
    # Columns that hold no word of anybody.
    _outlives = ()
    # Who a person is, by a pointer.
    _telling_links = ()

    def _of_disposed(self):
        """Hook: those of rows that point at no case of which nothing else is left."""
        return self

    @api.model
    def _dispose_of_words(self, ids):
        """Empty rows in one statement, past what guards them.

        :param ids: of rows that hang on cases whose disposal is approved and entered
        """
        values = self._disposed_values()
        if values and ids:
            self.env.execute_query(
                SQL(
                    "UPDATE %s SET %s WHERE id = ANY(%s) RETURNING id",
                    SQL.identifier(self._table),
                    SQL(", ").join(
                        SQL("%s = %s", SQL.identifier(name), value)
                        for name, value in values.items()
                    ),
                    list(ids),
                )
            )

    @api.model
    def _disposed_values(self):
        """By column, what stands in it afterwards."""
        values = dict.fromkeys(self._telling_links, SQL("NULL"))
        for name, field in self._fields.items():
            is_word = field.store and field.column_type and field.type in WORDS
            if not is_word or name in CODES or name in self._outlives:
                continue
            is_read = field.groups != fields.NO_ACCESS and field.type in READ
            values[name] = SQL("%s", MARK if field.required else None)
            if is_read:
                column = SQL.identifier(name)
                values[name] = SQL("CASE WHEN %s <> '' THEN %s END", column, MARK)
        return values
