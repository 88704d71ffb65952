"""Run the stories room on labelled news and write predictions for the scorer that lies beside the labels.

    python benchmarks/understand.py week ITEMS.jsonl OUT_DIR [--labelled CLUSTERS.jsonl]
    python benchmarks/understand.py tags ITEMS.jsonl OUT_DIR

`week` writes ranking.jsonl, best story first, and clusters.jsonl, of the labelled items only where a file of labels is given.
`tags` writes tags.jsonl, each item judged alone. Then:

    python ../shared/gold/score.py clusters CLUSTERS.jsonl OUT_DIR/clusters.jsonl
    python ../shared/gold/score.py ranking CLUSTERS.jsonl IMPORTANCE.json OUT_DIR/ranking.jsonl
    python ../shared/gold/score.py tags ITEMS.jsonl OUT_DIR/tags.jsonl
"""

import argparse
import json
import resource
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aggregator.catalogue import read_archetypes
from aggregator.models import EntryId, StoredEntry
from aggregator.stories import is_about_ai, tag, understand


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["week", "tags"])
    parser.add_argument("items", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--labelled", type=Path)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    rows = read(given.items)
    entries = [entry(row) for row in rows]
    began = time.perf_counter()
    if given.what == "week":
        week(entries, given.out, {row["id"] for row in read(given.labelled or given.items)})
    else:
        judge(entries, given.out)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(entries)} items in {time.perf_counter() - began:.2f} s, {megabytes:.0f} MB at most")


def read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def entry(row: dict[str, object]) -> StoredEntry:
    at = datetime.fromisoformat(str(row["published"]))
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return StoredEntry(
        id=EntryId(str(row["id"])),
        source=str(row["source"]),
        guid=str(row["id"]),
        title=str(row["title"]),
        url=str(row["url"] or ""),
        text=str(row["text"] or ""),
        points=row["points"] if isinstance(row["points"], int) else None,
        published=at,
        date=at,
        first_seen=at,
    )


def week(entries: list[StoredEntry], out: Path, labelled: set[object]) -> None:
    now = max(e.first_seen for e in entries) + timedelta(hours=1)
    stories = understand(entries, sources={}, archetypes=read_archetypes(None), known={}, now=now)
    write(out / "ranking.jsonl", [{"ids": [e.id for e in story.entries]} for story in stories])
    rows = [{"id": e.id, "cluster": story.id} for story in stories for e in story.entries if e.id in labelled]
    write(out / "clusters.jsonl", rows)


def judge(entries: list[StoredEntry], out: Path) -> None:
    archetypes = read_archetypes(None)
    rows = [{"id": e.id, "archetypes": [t.name for t in tag([e], archetypes)], "ai_related": is_about_ai(e)} for e in entries]
    write(out / "tags.jsonl", rows)


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


if __name__ == "__main__":
    main()
