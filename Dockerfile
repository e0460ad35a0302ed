# docker build --tag release-portal .
# docker run --rm --network none --user "$(id -u):$(id -g)" --volume "$PWD:/portal" release-portal check
FROM python:3.12-slim AS install
COPY . /src
WORKDIR /src
ENV UV_PROJECT_ENVIRONMENT=/opt/release-portal UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
RUN python -m pip install --no-cache-dir "uv==0.13.*" \
 && uv sync --frozen --no-dev --no-editable --python "$(command -v python3)"

FROM python:3.12-slim
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
