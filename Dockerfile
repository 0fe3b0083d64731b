# One image for web, worker, beat and migrate; docker-compose.yml shows how they are started.
ARG BASE_IMAGE=python:3.12-slim-bookworm
FROM ${BASE_IMAGE}

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/srv/venv/bin:$PATH

RUN useradd --system --create-home --home-dir /var/lib/portal --shell /usr/sbin/nologin portal \
    && python3 -m venv /srv/venv
WORKDIR /srv/portal

COPY requirements/runtime.txt requirements/runtime.txt
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/runtime.txt

COPY . .
ENV PORTAL_HOME=/var/lib/portal
# Neither command needs a database or a secret.
RUN python manage.py compile_translations \
    && python manage.py collectstatic --noinput --verbosity 0 \
    && mkdir -p "$PORTAL_HOME/media" \
    && chown -R portal: "$PORTAL_HOME"

USER portal
EXPOSE 8000
# Each thread keeps a database connection.
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "8", \
     "--no-access-log", "portal.wsgi:application"]
