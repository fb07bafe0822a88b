"""Every file of a report, as bytes: tables, the page in its two forms, alerts, and the manifest of them all."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from comments.schema import rejects_schema
from comments.sealed import SEAL, seal
from reports.alerts import parse_alert, raise_alerts
from reports.columns import MAIN, schema_of
from reports.page.build import build_report
from reports.page.html import render_html
from reports.page.markdown import render_markdown
from reports.parquet import parquet_bytes

if TYPE_CHECKING:
    from reports.tables import RunTables


def write_files(tables: RunTables) -> dict[str, bytes]:
    """Every file of a report; the manifest is last and holds the hashes of the others."""
    report = build_report(tables)
    files = {
        **{f"{name}.parquet": parquet_bytes(getattr(tables, name), schema_of(name)) for name in MAIN},
        "rejects.parquet": parquet_bytes(tables.rejects, rejects_schema()),
        **{f"{name}.parquet": parquet_bytes(table, schema_of(name)) for name, table in sorted(tables.more.items())},
        "report.html": render_html(report).encode("utf-8", "replace"),
        "report.md": render_markdown(report).encode("utf-8", "replace"),
    }
    if tables.run.get("alerts"):
        raised = raise_alerts(tuple(map(parse_alert, tables.run["alerts"])), tables)
        files["alerts.json"] = json.dumps(raised, indent=1, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    manifest = {
        **tables.run,
        "outputs": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    manifest[SEAL] = seal(manifest)
    files["run.json"] = json.dumps(manifest, indent=2, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    return files
