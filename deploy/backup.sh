#!/bin/sh
# Dumps the database and copies the uploaded files. `once`: now; `daily`: now and then every 24 hours.
# A dump counts only when it is whole: it is written beside its name, read back, and then renamed.
set -eu
dir="${BACKUP_DIR:-./backups}"
media="${MEDIA_DIR:-/media}"

once() {
    name="office-$(date -u +%Y%m%dT%H%M%SZ)"
    pg_dump --format=custom --file="$dir/$name.dump.part"
    pg_restore --list "$dir/$name.dump.part" >/dev/null
    mv "$dir/$name.dump.part" "$dir/$name.dump"
    if [ -d "$media" ]; then
        tar -czf "$dir/$name.media.tar.gz.part" -C "$media" .
        mv "$dir/$name.media.tar.gz.part" "$dir/$name.media.tar.gz"
    fi
    find "$dir" -name 'office-*' -mtime "+${KEEP_DAYS:-14}" -exec rm -f {} +
    echo "Backed up: $dir/$name"
}

mkdir -p "$dir"
case "${1:-once}" in
    once) once ;;
    daily)
        while true; do
            if sh "$0" once; then
                sleep 86400
            else
                echo "The backup failed; it is tried again in an hour." >&2
                sleep 3600
            fi
        done
        ;;
    *) echo "once or daily?" >&2; exit 2 ;;
esac
