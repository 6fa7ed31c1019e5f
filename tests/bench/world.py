"""world.py -- the invented data that bench.py measures with, as SQL on top of the demo's."""

# {count}: how many task forces there shall be.  Every one has a lead, three towns, lights, money, and
# every second one a question.
DATA = """
CREATE TEMP TABLE more AS
  WITH RECURSIVE n(i) AS (SELECT (SELECT max(id) FROM task_force) + 1
    UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n;
INSERT INTO task_force (id, slug, name, sort_key, goal, starts_on, ends_on, status, budget,
                        link_url, updated_at, updated_by)
  SELECT i, 'vorhaben-' || i, 'Vorhaben Nummer ' || i, 'vorhaben nummer ' || i,
    'Bis zum Ende des Vorhabens ' || i || ' nutzen alle vier Orte denselben Ablauf, und wer neu '
    || 'dazukommt, findet eine Anleitung, die ohne Rückfragen auskommt.',
    '2026-01-01', '2027-12-31', CASE i % 9 WHEN 0 THEN 'planned' ELSE 'active' END,
    1000000 + i * 100, 'https://raum.vierland.example/vorhaben-' || i, 1760000000 + i, 1 FROM more;
INSERT INTO task_force_municipality (task_force_id, municipality_id, role, since)
  SELECT i, (i + k) % 4 + 1, CASE k WHEN 0 THEN 'lead' ELSE 'partner' END, '2026-01-01'
    FROM more, (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2);
INSERT INTO task_force_member (task_force_id, person_id, role, since)
  SELECT i, i % 9 + 2, 'lead', '2026-01-01' FROM more;
INSERT INTO assessment (task_force_id, quarter, dimension, proposed, colour, reason, at, by)
  SELECT i, (SELECT max(quarter) FROM assessment), dimension, 'grey',
    CASE i % 5 WHEN 0 THEN 'red' WHEN 1 THEN 'yellow' ELSE 'green' END, 'Wie besprochen.',
    1760000000 + i, 2 FROM more, (SELECT 'content' AS dimension UNION SELECT 'resources');
INSERT INTO booking (task_force_id, municipality_id, kind, amount, on_date, at, by)
  SELECT i, 1, kind, 10000 + i, '2026-02-01', 1760000000, 2
    FROM more, (SELECT 'draw' AS kind UNION SELECT 'expense' UNION SELECT 'payout');
INSERT INTO open_question (scope, task_force_id, text, asked_by, asked_at, goes_to, state)
  SELECT 'task_force', i, 'Wer pflegt die Anleitung ' || i || ' nach dem Ende weiter?', 2,
    1760000000 + i, CASE i % 40 WHEN 0 THEN 'pmo' ELSE 'task_force' END, 'open'
    FROM more WHERE i % 2 = 0;
"""

# The vote of the demo's meeting, with five more municipalities that were not there.
UNITS = """
CREATE TEMP TABLE towns AS WITH RECURSIVE n(i) AS (SELECT 101 UNION ALL SELECT i + 1 FROM n WHERE i < 105)
  SELECT i FROM n;
INSERT INTO municipality (id, kind, name, short, slug, sort_key, email_domains, joined_on)
  SELECT i, 'municipality', 'Stadt Nummer ' || i, 'Ort ' || i, 'ort-' || i, 'ort ' || i,
    'ort' || i || '.example', date('now') FROM towns;
INSERT INTO poll_unit (poll_id, unit, municipality_id, name, weight, status)
  SELECT (SELECT max(id) FROM poll WHERE decision_id = 7), i, i, 'Ort ' || i, 1, 'absent' FROM towns;
"""

# Half as many remarks as task forces: 30 on the chapter that is measured, the others on the rest;
# a part of them waits, is for the editors, or belongs to the own municipality.
REMARKS = """
CREATE TEMP TABLE places AS SELECT rb.block_text_id AS text, rb.revision_id AS revision,
    row_number() OVER (ORDER BY rb.pos) - 1 AS n, rb.section_uid = m.uid AS measured
  FROM revision r JOIN revision_block rb ON rb.revision_id = r.id
  JOIN revision_section m ON m.revision_id = r.id AND m.slug = 'messen'
  JOIN block_text t ON t.id = rb.block_text_id AND t.kind = 'paragraph' WHERE r.state = 'in_force';
CREATE TEMP TABLE here AS SELECT text, revision, row_number() OVER () - 1 AS n FROM places WHERE measured;
CREATE TEMP TABLE there AS SELECT text, revision, row_number() OVER () - 1 AS n FROM places WHERE NOT measured;
CREATE TEMP TABLE remarks AS
  WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count} - 1)
  SELECT i, 1000 + i AS id, i % 10 AS kind FROM n;
INSERT INTO feedback (id, document_id, number, kind, visibility, author_id, municipality_id,
                      author_org, state, outcome, reason, decided_at, decided_by, created_at)
  SELECT id, 1, id, CASE i % 4 WHEN 0 THEN 'question' WHEN 1 THEN 'suggestion' ELSE 'hint' END,
    CASE WHEN i < 30 THEN 'project' WHEN kind = 9 THEN 'editors' WHEN kind = 8 THEN 'municipality'
    ELSE 'project' END, i % 9 + 2, i % 4 + 1, 'Ort ' || (i % 4),
    CASE WHEN kind < 4 THEN 'open' ELSE 'decided' END, CASE WHEN kind >= 4 THEN 'answered' END,
    CASE WHEN kind >= 4 THEN 'Das steht schon im nächsten Abschnitt.' ELSE '' END,
    CASE WHEN kind >= 4 THEN 1760000500 + i END, CASE WHEN kind >= 4 THEN 1 END, 1760000000 + i FROM remarks;
INSERT INTO feedback_text (feedback_id, version, text, at, by)
  SELECT id, 1, 'Im Absatz fehlt, wer sich um den Punkt ' || i || ' kümmert und bis wann er fertig '
    || 'sein soll. Bei uns haben zwei Gruppen daran gearbeitet, ohne es zu wissen.', 1, 2 FROM remarks;
INSERT INTO anchor (feedback_id, revision_id, first, block_text_id, state, at)
  SELECT r.id, p.revision, 1, p.text, 'exact', 1 FROM remarks r JOIN here p
    ON p.n = r.i % (SELECT count(*) FROM here) WHERE r.i < 30
  UNION ALL SELECT r.id, p.revision, 1, p.text, 'exact', 1 FROM remarks r JOIN there p
    ON p.n = r.i % (SELECT count(*) FROM there) WHERE r.i >= 30;
"""


# Decisions like the demo's adopted one, a tenth of them still to be carried out.
DECISIONS = """
CREATE TEMP TABLE like_it AS SELECT d.*, v.version FROM decision d JOIN decision_version v ON v.decision_id = d.id
  WHERE d.number = 7 AND d.task_force_id IS NOT NULL  -- votes.py has a number 7 too, of no task force
    AND v.version = (SELECT max(version) FROM decision_version WHERE decision_id = d.id);
CREATE TEMP TABLE older AS
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i, 1000 + i AS id FROM n;
INSERT INTO decision (id, year, number, task_force_id, author_id, state, created_at)
  SELECT o.id, 2025, o.i, k.task_force_id, k.author_id, CASE o.i % 10 WHEN 0 THEN 'in_follow_up' ELSE 'done' END,
    k.created_at - o.i FROM older o, like_it k;
INSERT INTO decision_version (decision_id, version, title, summary, resolution, reasons, alternatives, costs,
    consultation, lead_id, presenter_id, majority, written_by, written_at, published_at, counts_from, sha256,
    without_links)
  SELECT o.id, 1, v.title || ' ' || o.i, v.summary, v.resolution, v.reasons, v.alternatives, v.costs,
    v.consultation, v.lead_id, v.presenter_id, v.majority, v.written_by, v.written_at, v.published_at,
    v.counts_from, v.sha256, 1
    FROM older o, like_it k JOIN decision_version v ON v.decision_id = k.id AND v.version = k.version;
INSERT INTO decision_search (decision_id, words, title_key)
  SELECT o.id, s.words || ' ' || o.i, s.title_key || ' ' || o.i
    FROM older o, like_it k JOIN decision_search s ON s.decision_id = k.id;
INSERT INTO decision_html (decision_id, version, field, html)
  SELECT o.id, 1, h.field, h.html
    FROM older o, like_it k JOIN decision_html h ON h.decision_id = k.id AND h.version = k.version;
INSERT INTO steering_event (at, actor_id, municipality_id, object, object_id, action, before, after)
  SELECT e.at, e.actor_id, e.municipality_id, 'decision', o.id, e.action, e.before, e.after
    FROM older o, like_it k JOIN steering_event e ON e.object = 'decision' AND e.object_id = k.id;
INSERT INTO follow_up (decision_id, year, number, responsible_id, due_on, evidence, done_at, done_by)
  SELECT id, 2025, i, i % 9 + 2, '2026-12-31', '', CASE i % 10 WHEN 0 THEN NULL ELSE 1760000000 END,
    CASE i % 10 WHEN 0 THEN NULL ELSE 2 END FROM older;
"""

AUDIT = """
INSERT INTO audit (at, actor_id, municipality_id, action, object, before, after)
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
  SELECT 1760000000 + i, 2, 1, 'task_force.edit', 'task_force/' || i % 20000, '{{"budget":"1"}}',
    '{{"budget":"2"}}' FROM n;
"""


def handbook():
    """A handbook with one chapter of about 20 KB: paragraphs, lists, a table and footnotes."""
    text = ["# Handbuch", "## Anfang", "Kurz.", "## Messen"]
    for i in range(1, 41):
        if i % 8 == 1:
            text.append(f"### Abschnitt {i}")
        text.append(f"Im Schritt {i} legt die Gruppe fest, **wer** etwas tut, *bis wann* es fertig ist "
                    "und woran alle es merken. Das Ergebnis steht noch am selben Tag an einer "
                    "Stelle, die auch die anderen Orte kennen. Wer nicht dabei sein konnte, liest "
                    "es dort nach, fragt in der folgenden Woche und bekommt eine Antwort"
                    + (f".[^{i}]" if i % 10 == 0 else "."))
        if i % 10 == 0:
            text.append(f"[^{i}]: Gezählt wird in Werktagen, siehe [Liste](https://vierland.example/{i}).")
        if i % 4 == 0:
            text.append("\n".join(f"- Punkt {k} nennt einen Ort, eine Person und einen Tag." for k in range(5)))
    text.append("| Ort | Tag | Wer |\n|---|---|---|\n" + "\n".join(
        f"| Ort {k} | Montag | Gruppe {k} |" for k in range(20)))
    for chapter in range(1, 21):
        text.append(f"## Kapitel {chapter}")
        text.extend(f"In diesem Absatz {i} steht, woran sich im Kapitel {chapter} alle halten."
                    for i in range(20))
    return "\n\n".join(text) + "\n"
