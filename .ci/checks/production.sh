#!/usr/bin/env bash
# As on a real server: Django has nothing to warn of, and every static file is found.
set -euo pipefail

VAR_DIR=$(mktemp -d)
trap 'rm -rf "$VAR_DIR"' EXIT
SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(60))')
export VAR_DIR SECRET_KEY
export SITE_URL=https://news.example.edu ALLOWED_HOSTS=news.example.edu
export DOWNLOADS_URL=https://files.example.edu
export EMAIL_URL=smtp://mail.example.edu:587/?tls=true

python -W error manage.py check --deploy --fail-level INFO
python manage.py collectstatic --no-input --verbosity 0
