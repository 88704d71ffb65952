# The command `digest` with its locked packages, for a machine that has a container engine and no Python.
#
#   docker build -t digest .
#   docker run --rm -v digest:/data digest              # digest --now
#   docker run --rm digest demo

FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/digest
COPY requirements.lock .
RUN /opt/digest/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE CHANGELOG.md sources.yaml ./
COPY migrations migrations
COPY aggregator aggregator
RUN /opt/digest/bin/pip install --no-cache-dir --no-deps --no-index --no-build-isolation .

FROM python:3.12-slim
RUN useradd --uid 10001 --create-home digest && install --directory --owner=digest --group=digest /data
COPY --from=build /opt/digest /opt/digest
ENV PATH=/opt/digest/bin:$PATH DIGEST_HOME=/data PYTHONDONTWRITEBYTECODE=1
USER digest
WORKDIR /home/digest
VOLUME /data
ENTRYPOINT ["digest"]
CMD ["--now"]
