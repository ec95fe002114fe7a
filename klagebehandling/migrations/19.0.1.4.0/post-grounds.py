"""Two grounds are named as the document names them; changed names are left alone."""

NAMES = {
    "bullying_harassment": ("Mobbing eller trakassering", "Mobbing/trakassering"),
    "report_conclusions_nav": (
        "Uenighet om Faglig leders konklusjoner eller rapporter til NAV",
        "Uenighet om Faglig leders konklusjoner/rapporter til NAV",
    ),
}


def migrate(cr, version):
    for code, (old, new) in NAMES.items():
        cr.execute(
            """
            UPDATE complaint_category
               SET name = jsonb_set(name, '{nb_NO}', to_jsonb(%s::text))
             WHERE code = %s AND name ->> 'nb_NO' = %s
            """,
            (new, code, old),
        )
