"""Hold a digest of a labelled week against what its editors thought of that week.

    python benchmarks/editor.py DIGEST.json CLUSTERS.jsonl IMPORTANCE.json

DIGEST.json is what `digest --now --format json` prints for the replayed week (entries' guids are `urn:item:ID`), the other two
say which items tell the same story and how much each story mattered (3 a lead, 2 a must-have). Prints which of them are there,
which are not, and which story stands twice.
"""

import json
import sys
from collections import Counter
from pathlib import Path


def main(digest_file: str, clusters_file: str, importance_file: str) -> None:
    digest = json.loads(Path(digest_file).read_text("utf-8"))
    story_of = {}
    for line in Path(clusters_file).read_text("utf-8").splitlines():
        item = json.loads(line)
        story_of[item["id"]] = item["story"]
    graded = {story["story"]: story for story in json.loads(Path(importance_file).read_text("utf-8"))["stories"]}

    told: dict[str, list[str]] = {}
    for place, story in enumerate(digest["stories"], 1):
        labels = Counter(
            story_of[e["guid"].rpartition(":")[2]] for e in story["entries"] if e["guid"].rpartition(":")[2] in story_of
        )
        label = min(labels, key=lambda name: (-labels[name], name)) if labels else "-"
        grade = graded.get(label, {}).get("grade", 0)
        mixed = f"  mixed {dict(labels)}" if len(labels) > 1 else ""
        print(
            f"{place:>3} {story['form']:<4} grade {grade} {label:<24} {len(story['entries']):>3}  {story['title'][:70]}{mixed}"
        )
        told.setdefault(label, []).append(story["title"])

    for grade, word in ((3, "leads"), (2, "must-haves")):
        wanted = [name for name, story in graded.items() if story["grade"] >= grade]
        missing = [f"{name} ({graded[name]['headline']})" for name in wanted if name not in told]
        print(f"\n{word}: {len(wanted) - len(missing)} of {len(wanted)}; missing: {'; '.join(missing) or 'none'}")
    twice = {name: titles for name, titles in told.items() if name != "-" and len(titles) > 1}
    print(f"twice: {twice or 'none'}")
    print(f"words: {digest['words']}, stories: {len(digest['stories'])}")


if __name__ == "__main__":
    main(*sys.argv[1:])
