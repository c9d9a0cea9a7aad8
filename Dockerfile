# One image; docker-compose.yml runs it as web server, workers and timer.
FROM python:3.13.18-slim-trixie AS packages
COPY requirements-server.txt /tmp/
RUN python -m venv --without-pip /opt/venv \
 && pip --python /opt/venv/bin/python install --no-cache-dir --no-compile --require-hashes -r /tmp/requirements-server.txt

FROM python:3.13.18-slim-trixie
# Lays out the letters; fontconfig and a typeface with Welsh letters come along.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --system --gid 10001 records \
 && useradd --system --uid 10001 --gid 10001 --home-dir /srv/records records \
 && install --directory --owner=records --group=records --mode=0700 /srv/data
COPY --from=packages /opt/venv /opt/venv
COPY . /srv/records
WORKDIR /srv/records
# Compiled once: the running image may write nowhere but in its data. And the Welsh.
RUN /opt/venv/bin/python -m compileall -q -j 0 /opt/venv/lib /srv/records \
 && /opt/venv/bin/python -m cms_tracker.processes.translations
USER 10001:10001
# CMS_LOCAL=0: nothing is made up when a variable is missing; the start stops and names it.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    CMS_LOCAL=0 \
    CMS_DATA_DIR=/srv/data \
    LOG_FORMAT=json \
    PROMETHEUS_MULTIPROC_DIR=/tmp/metrics
VOLUME /srv/data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["python", "-I", "cms_tracker/processes/healthy.py", "web", "http://127.0.0.1:8000/healthz"]
CMD ["gunicorn", "--config=python:cms_tracker.processes.web_server", "--bind=0.0.0.0:8000", "--workers=2", "--worker-class=sync", "--worker-tmp-dir=/dev/shm", "--timeout=60", "--graceful-timeout=20", "--no-control-socket", "--max-requests=5000", "--max-requests-jitter=500", "cms_tracker.wsgi"]
