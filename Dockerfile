# One image; docker-compose.yml runs it as web server, worker and timer.
FROM python:3.13-slim-trixie AS packages
COPY requirements.txt /tmp/
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.txt

FROM python:3.13-slim-trixie
# Lays out the letters; fontconfig and a typeface with Welsh letters come along.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /srv/records records \
 && install --directory --owner=records --mode=0700 /srv/data
COPY --from=packages /opt/venv /opt/venv
COPY . /srv/records
WORKDIR /srv/records
# The Welsh; the running image may write nowhere but in its data.
RUN /opt/venv/bin/python -m cms_tracker.processes.translations
USER records
# CMS_LOCAL=0: nothing is made up when a variable is missing; the start stops and names it.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    CMS_LOCAL=0 \
    CMS_DATA_DIR=/srv/data
VOLUME /srv/data
EXPOSE 8000
CMD ["gunicorn", "--config=python:cms_tracker.processes.web_server", "--bind=0.0.0.0:8000", "--workers=2", "--worker-class=sync", "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--max-requests=5000", "--max-requests-jitter=500", "cms_tracker.wsgi"]
