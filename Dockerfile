# One image for web, worker, clock, beat and migrate. Nothing is compiled: every package comes as a wheel.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/office

COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes --only-binary :all: --requirement requirements/base.txt

COPY . .
# The hashed static files belong to the image; the secrets drawn for this one command do not.
RUN VAR_DIR=/srv/var python manage.py collectstatic --noinput \
    && rm -rf /srv/var/secrets \
    && mkdir -p /srv/var/media \
    && chown -R 10001:10001 /srv/var/media

ENV PRODUCTION=1 VAR_DIR=/srv/var
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "admin_office.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
