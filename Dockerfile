# skillmatch as a server: built with a network, run without one.
#
#   docker build -t skillmatch .
#   docker compose up            (see compose.yaml)

FROM python:3.11-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_CONSTRAINT=/source/constraints.txt

WORKDIR /source
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY src src
COPY data data
COPY models models
COPY notebooks notebooks
RUN python -m venv /opt/skillmatch \
    && /opt/skillmatch/bin/pip install .

FROM python:3.11-slim-bookworm

RUN useradd --system --uid 10001 --create-home --home-dir /home/skillmatch skillmatch \
    && install -d -o skillmatch -g skillmatch -m 0700 /data /data/workspace /data/cache

COPY --from=build /opt/skillmatch /opt/skillmatch

# Nothing is fetched at run time: the weights are in the image, and the libraries are told not to look elsewhere.
ENV PATH=/opt/skillmatch/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HF_HUB_OFFLINE=1 \
    TRANSFORMERS_OFFLINE=1 \
    SKILLMATCH_WORKSPACE=/data/workspace \
    SKILLMATCH_CACHE=/data/cache

USER 10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8000
STOPSIGNAL SIGTERM

HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/ready', timeout=4)"]

ENTRYPOINT ["skillmatch"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
