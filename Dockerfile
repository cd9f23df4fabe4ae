# The dashboard, on the Python and the packages that the tests run on. Who it is, what it may write and how it is reached:
# docs/hosting.md. Versions are exact: a new one is a line here and a run of the tests.

FROM python:3.11.14-slim-bookworm AS packages
COPY requirements.txt .
RUN python -m venv --without-pip /packages \
    && python -m pip --python /packages/bin/python install --no-cache-dir --only-binary :all: -r requirements.txt

FROM python:3.11.14-slim-bookworm
RUN python -m pip uninstall --yes --quiet --root-user-action ignore pip setuptools wheel \
    && useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin orgmodel \
    && install --directory --owner=10001 --group=10001 --mode=700 /kept
COPY --from=packages /packages /packages
WORKDIR /app
COPY . .
# The disk may be read-only: what Python would write there at the first start is written now.
RUN /packages/bin/python -m compileall -q --invalidation-mode unchecked-hash .

ENV PATH=/packages/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STREAMLIT_SERVER_FILE_WATCHER_TYPE=none
USER 10001:10001
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-c", "from urllib.request import ProxyHandler, build_opener; build_opener(ProxyHandler({})).open('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["streamlit", "run", "app.py", "--server.address", "0.0.0.0"]
