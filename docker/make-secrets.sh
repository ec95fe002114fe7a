#!/bin/bash
# Make the secrets that docker-compose.yml names; secrets that exist are kept.
set -euo pipefail

folder=$(cd "$(dirname "$0")" && pwd)/secrets

# The folder keeps others out. The files are readable, because a container sees
# them with the owner and mode that they have on this machine.
mkdir -p "$folder"
chmod 700 "$folder"

make_secret() {
    if [ ! -s "$folder/$1" ]; then
        head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n' >"$folder/$1.new"
        chmod 444 "$folder/$1.new"
        mv "$folder/$1.new" "$folder/$1"
        echo "made $1"
    fi
}

for name in db_password admin_password master_password identity_keys; do
    make_secret "$name"
done
echo "The secrets lie in $folder. Back up identity_keys apart from the database:"
echo "without it no identity in the database can be read again."
