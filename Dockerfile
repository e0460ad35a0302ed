# docker build --tag release-portal .
# The base image is a tag, which can be moved. What it names now, and how to build on just that:
#   docker buildx imagetools inspect python:3.12.12-slim-bookworm
#   docker build --build-arg PYTHON=python@sha256:… --tag release-portal .
# Packages of Debian carry the signatures of the distribution, and are as new as the day of the build.
# docker run --rm --network none --user "$(id -u):$(id -g)" --volume "$PWD:/portal" release-portal check
ARG PYTHON=python:3.12.12-slim-bookworm
FROM ${PYTHON} AS install
COPY . /src
WORKDIR /src
ENV UV_PROJECT_ENVIRONMENT=/opt/release-portal UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
RUN python -m pip install --no-cache-dir --require-hashes --only-binary :all: -r .ci/uv.txt \
 && uv sync --frozen --no-dev --no-editable --python "$(command -v python3)"

FROM ${PYTHON}
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git gnupg openssh-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --create-home portal
COPY --from=install /opt/release-portal /opt/release-portal
ENV PATH="/opt/release-portal/bin:$PATH" HOME=/tmp NO_MKDOCS_2_WARNING=1 PYTHONSAFEPATH=1
USER 10001
WORKDIR /portal
ENTRYPOINT ["release-portal"]
CMD ["--help"]
