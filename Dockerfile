# Klagebehandling on the official Odoo image; docker-compose.yml shows how it is run.
ARG ODOO_IMAGE=odoo:19.0
FROM ${ODOO_IMAGE}

USER root
SHELL ["/bin/bash", "-o", "pipefail", "-c"]

RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        curl \
        fonts-dejavu-core \
        fonts-noto-color-emoji \
        fonts-noto-core \
        fonts-wqy-microhei \
        libharfbuzz-subset0 \
        libpango-1.0-0 \
        libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*

# The image's Python belongs to Ubuntu (PEP 668); these land in /usr/local and replace
# nothing that Odoo's own package installed.
COPY requirements.txt requirements/suite.lock /opt/klagebehandling/requirements/
RUN pip3 install --no-cache-dir --break-system-packages \
        -r /opt/klagebehandling/requirements/requirements.txt \
        -c /opt/klagebehandling/requirements/suite.lock

COPY klagebehandling/ /opt/klagebehandling/addons/klagebehandling/
COPY klagebehandling_portal/ /opt/klagebehandling/addons/klagebehandling_portal/
COPY klagebehandling_reports/ /opt/klagebehandling/addons/klagebehandling_reports/
COPY data/ /opt/klagebehandling/data/
COPY docker/odoo.conf /opt/klagebehandling/odoo.conf
COPY --chmod=755 docker/entrypoint.sh /usr/local/bin/klagebehandling

ENV ODOO_RC=/run/klagebehandling/odoo.conf
USER odoo
HEALTHCHECK --interval=30s --timeout=10s --start-period=5m --retries=3 \
    CMD ["curl", "--fail", "--silent", "http://127.0.0.1:8069/web/health?db_server_status=1"]
ENTRYPOINT ["/usr/local/bin/klagebehandling"]
CMD ["serve"]
