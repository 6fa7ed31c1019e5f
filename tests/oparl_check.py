#!/usr/bin/python3
"""oparl_check.py FOLDER ADDRESS -- reads a tree of OParl 1.1 files as a stranger would.

Every file is JSON without doubled keys; every object has what its type needs, stands at its own
address and in the list of its type; every link leads to a file.  Prints all values, a line each."""

import json
import os
import re
import sys

folder, base = sys.argv[1], sys.argv[2]
SCHEMA = "https://schema.oparl.org/1.1/"
TIMES = ["created", "modified"]
NEEDED = {
    "System": ["oparlVersion", "body"],
    "Body": ["name", "organization", "person", "meeting", "paper", "legislativeTerm", "agendaItem",
             "consultation", "file", "locationList", "legislativeTermList", "membership"],
    "Organization": ["body", "name"],
    "Person": ["body", "name", "membership"],
    "Membership": ["person", "organization", "onBehalfOf"],
    "Meeting": ["name", "meetingState", "cancelled", "start", "end", "organization", "agendaItem"],
    "AgendaItem": ["meeting", "order", "number", "name", "public"],
    "Paper": ["body", "name", "reference", "date", "consultation"],
    "Consultation": ["paper", "organization", "authoritative", "role"],
    "Location": ["description"],
}
KNOWN = {
    "System": ["name"],
    "Body": ["system", "website"],
    "Organization": ["shortName", "organizationType", "classification", "membership", "meeting",
                     "startDate", "endDate"],
    "Person": [],
    "Membership": ["role", "votingRight"],
    "Meeting": ["location"],
    "AgendaItem": ["consultation", "result", "resolutionText", "start", "end"],
    "Paper": ["paperType", "originatorOrganization", "underDirectionOf", "relatedPaper"],
    "Consultation": ["meeting", "agendaItem"],
    "Location": [],
}
LISTS = {"Body": "bodies", "Organization": "organizations", "Person": "people",
         "Membership": "memberships", "Meeting": "meetings", "AgendaItem": "agendaitems",
         "Paper": "papers", "Consultation": "consultations", "Location": "locations"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")


def once(pairs):
    keys = [k for k, _ in pairs]
    assert len(keys) == len(set(keys)), f"doubled keys: {keys}"
    return dict(pairs)


files = {}
for where, _, names in os.walk(folder):
    for name in names:
        path = os.path.relpath(os.path.join(where, name), folder)
        with open(os.path.join(where, name), encoding="utf-8") as f:
            files[path] = json.load(f, object_pairs_hook=once)


def check_object(o, path):
    kind = o["type"].removeprefix(SCHEMA)
    assert kind in NEEDED, f"{path}: {o['type']}"
    own = [k for k in o if not k.startswith("handschlag:")]
    for key in ([] if o.get("deleted") else NEEDED[kind]) + TIMES:
        assert key in o, f"{path}: {kind} without {key}"
    if "deleted" in o:
        assert o["deleted"] is True and len(o) == 5, f"{path}: deleted, and yet {own}"
        own.remove("deleted")
    extra = set(own) - set(NEEDED[kind] + KNOWN[kind] + TIMES + ["id", "type"])
    assert not extra, f"{path}: {kind} has no {extra}"
    for key in TIMES + ["start", "end"]:
        assert key not in o or TIME.match(o[key]), f"{path}: {key} = {o[key]}"
    at = o["id"].removeprefix(base + "/")
    assert files.get(at) == o, f"{path}: {o['id']} is not at its address"
    if kind in LISTS:
        assert o in files[LISTS[kind] + ".json"]["data"], f"{path}: {at} is in no list"


def walk(value, path, key, lines):
    if isinstance(value, dict):
        if "type" in value:
            check_object(value, path)
        for k, v in value.items():
            walk(v, path, f"{key}.{k}" if key else k, lines)
    elif isinstance(value, list) and value:
        for i, v in enumerate(value):
            walk(v, path, f"{key}.{i}", lines)
    else:
        assert value is not None, f"{path}: {key} is null"
        if isinstance(value, str) and value.startswith(base):
            assert value.removeprefix(base + "/") in files, f"{path}: {key} leads to no file"
        text = str(value)
        for sign, name in (("\n", "\\n"), ("\t", "\\t"), ("\x01", "\\x01")):
            text = text.replace(sign, name)
        lines.append(f"{path} {key} = {text}")


out = []
for p in sorted(files):
    if not p.endswith("s.json") and p != "people.json" or "/" in p:
        assert files[p]["id"] == f"{base}/{p}", p
    else:
        assert set(files[p]) == {"data", "pagination", "links"}, p
    walk(files[p], p, "", out)
print()
print("\n".join(out))
