#!/bin/bash
# Runs in the container: serve (default), install, update or shell.
set -euo pipefail
umask 077

secrets=/run/secrets
addons=${KLAGE_ADDONS:-klagebehandling_portal,klagebehandling_reports}
languages=${KLAGE_LANGUAGES:-en_US,nb_NO,sv_SE}

fail() {
    echo "klagebehandling: $1" >&2
    exit 1
}

secret() {
    [ -r "$secrets/$1" ] || fail "the secret $1 cannot be read; run docker/make-secrets.sh first"
    cat "$secrets/$1"
}

write_configuration() {
    mkdir -p "$(dirname "$ODOO_RC")"
    {
        cat /opt/klagebehandling/odoo.conf
        printf 'db_password = %s\n' "$(secret db_password)"
        printf 'admin_passwd = %s\n' "$(secret master_password)"
        printf 'smtp_server = %s\n' "${KLAGE_SMTP_HOST:-mail}"
        printf 'smtp_port = %s\n' "${KLAGE_SMTP_PORT:-1025}"
    } >"$ODOO_RC.new"
    mv "$ODOO_RC.new" "$ODOO_RC"
    KLAGEBEHANDLING_IDENTITY_KEYS=$(secret identity_keys)
    export KLAGEBEHANDLING_IDENTITY_KEYS
}

query() {
    PGPASSWORD=$(secret db_password) psql -h db -U odoo -d "$1" -XAtc "$2"
}

is_installed() {
    # A marker that the last step of the installation writes.
    [ "$(query postgres "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'klage'")" = ready ]
}

install() {
    odoo -i "$addons" --load-language="$languages" --no-http --workers=0 --stop-after-init
    # A new Odoo database has the login admin with the password admin.
    odoo shell --no-http <<'PYTHON'
from pathlib import Path
env.ref("base.user_admin").password = Path("/run/secrets/admin_password").read_text().strip()
env.cr.commit()
PYTHON
    query postgres "COMMENT ON DATABASE klage IS 'ready'" >/dev/null
}

write_configuration
case ${1:-serve} in
serve)
    is_installed || install
    exec odoo
    ;;
install)
    install
    ;;
update)
    exec odoo -u base --i18n-overwrite --no-http --workers=0 --stop-after-init
    ;;
shell)
    exec odoo shell --no-http
    ;;
*)
    exec "$@"
    ;;
esac
