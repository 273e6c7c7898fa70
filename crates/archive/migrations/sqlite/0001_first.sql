-- Reports as they were read. A changed page is a new version; nothing here is ever deleted.
CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  report TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,           -- number of the current version
  outlet TEXT,
  day INTEGER NOT NULL,               -- of publication, days since 1970-01-01; -1000000 unknown
  voice INTEGER NOT NULL,             -- reports.id of the first of its near-duplicates
  sketch BLOB                         -- for near-duplicates
) STRICT;
CREATE INDEX reports_voice ON reports (voice);
CREATE INDEX reports_day ON reports (day DESC, id DESC);

CREATE TABLE versions (
  id INTEGER PRIMARY KEY,
  report INTEGER NOT NULL REFERENCES reports (id),
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,                 -- of the text
  url TEXT,
  outlet TEXT,
  section TEXT,
  title TEXT,
  published TEXT,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  stored_at TEXT NOT NULL,
  UNIQUE (report, number),
  UNIQUE (report, hash)
) STRICT;

-- What was coded, by which codebook, when. Append-only.
CREATE TABLE codings (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL REFERENCES versions (id),
  codebook TEXT NOT NULL,
  coded_at TEXT NOT NULL,
  events INTEGER NOT NULL,
  same_as INTEGER REFERENCES codings (id)  -- an earlier coding whose events it repeats, word for word
) STRICT;
CREATE INDEX codings_version ON codings (version);

-- Events of every coding; those of a report's last coding are current.
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  coding INTEGER NOT NULL REFERENCES codings (id),
  report INTEGER NOT NULL REFERENCES reports (id),
  ordinal INTEGER NOT NULL,
  event TEXT NOT NULL,                -- the id in the record
  current INTEGER NOT NULL,
  linked INTEGER NOT NULL,            -- 0 not yet compared, 1 done, 2 to be grouped again
  rejected INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL,                 -- sub-event type
  modality TEXT NOT NULL,
  background INTEGER NOT NULL,
  day INTEGER NOT NULL,               -- first day told, else day of publication; -1000000 unknown
  last_day INTEGER NOT NULL,
  confidence REAL NOT NULL,
  source TEXT,                        -- key of who says so
  outlet TEXT,
  country TEXT,
  admin1 TEXT,
  incident INTEGER REFERENCES incidents (id)
) STRICT;
-- Apart, so that queries read narrow rows.
CREATE TABLE event_data (
  event INTEGER PRIMARY KEY REFERENCES events (id),
  data TEXT NOT NULL,                 -- the event of the record, as JSON
  facts TEXT NOT NULL                 -- what linking knows of it, as JSON
) STRICT;
CREATE INDEX events_report ON events (report, current);
CREATE INDEX events_coding ON events (coding);
CREATE INDEX events_incident ON events (incident) WHERE incident IS NOT NULL;
CREATE INDEX events_unlinked ON events (id) WHERE current = 1 AND linked <> 1;
-- These two hold all that a walk from the newest asks of an event: its wide row need not be read.
CREATE INDEX events_day ON events (day DESC, id DESC, current, rejected, background, last_day, kind, confidence, modality, incident)
  WHERE current = 1;
CREATE INDEX events_kind ON events (kind, day DESC, id DESC, current, rejected, background, last_day, confidence, modality, incident)
  WHERE current = 1;
CREATE INDEX events_source ON events (source, day DESC, id DESC) WHERE current = 1 AND source IS NOT NULL;
CREATE INDEX events_outlet ON events (outlet, day DESC, id DESC) WHERE current = 1 AND outlet IS NOT NULL;
CREATE INDEX events_admin1 ON events (country, admin1, day DESC, id DESC) WHERE current = 1 AND country IS NOT NULL;

-- Of current events alone.
CREATE TABLE event_places (
  id INTEGER PRIMARY KEY,
  event INTEGER NOT NULL REFERENCES events (id),
  day INTEGER NOT NULL,
  place TEXT,                         -- gazetteer id
  name TEXT NOT NULL,                 -- Arabic, as a key
  name_en TEXT NOT NULL,              -- lower case
  latitude REAL,
  longitude REAL
) STRICT;
CREATE INDEX event_places_event ON event_places (event);
CREATE INDEX event_places_place ON event_places (place, event) WHERE place IS NOT NULL;
CREATE INDEX event_places_name ON event_places (name, event);
CREATE INDEX event_places_name_en ON event_places (name_en, event);
CREATE VIRTUAL TABLE event_boxes USING rtree (id, south, north, west, east, first, last, +event INTEGER);

-- Every province that an event ever lay in: what a query may mean.
CREATE TABLE provinces (
  country TEXT NOT NULL,
  admin1 TEXT NOT NULL,
  PRIMARY KEY (country, admin1)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_actors (
  actor TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES events (id),
  role INTEGER NOT NULL,              -- 1 acts, 2 is acted on
  PRIMARY KEY (actor, event, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_actors_event ON event_actors (event);

CREATE VIRTUAL TABLE report_text USING fts5 (
  words, readings, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

-- Bands of sketches: reports that share one are compared.
CREATE TABLE sketch_bands (
  band INTEGER NOT NULL,
  report INTEGER NOT NULL REFERENCES reports (id),
  PRIMARY KEY (band, report)
) STRICT, WITHOUT ROWID;
CREATE TABLE near_duplicates (
  a INTEGER NOT NULL REFERENCES reports (id),
  b INTEGER NOT NULL REFERENCES reports (id),
  likeness REAL NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX near_duplicates_b ON near_duplicates (b);

-- Under which keys events are found for comparison.
CREATE TABLE link_keys (
  key INTEGER NOT NULL,
  day INTEGER NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (key, day, event)
) STRICT, WITHOUT ROWID;
CREATE TABLE links (
  a INTEGER NOT NULL REFERENCES events (id),
  b INTEGER NOT NULL REFERENCES events (id),
  score REAL NOT NULL,
  reasons TEXT NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_b ON links (b);

CREATE TABLE incidents (
  id INTEGER PRIMARY KEY,
  incident TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  first_day INTEGER,
  last_day INTEGER,
  place TEXT,
  place_ar TEXT,
  country TEXT,
  admin1 TEXT,
  latitude REAL,
  longitude REAL,
  geo_precision INTEGER,
  events INTEGER NOT NULL,
  reports INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  sources INTEGER NOT NULL,           -- independent ones
  killed_low INTEGER,
  killed_high INTEGER,
  confidence REAL NOT NULL,
  modality TEXT NOT NULL,
  review TEXT NOT NULL
) STRICT;
CREATE INDEX incidents_review ON incidents (review, id) WHERE review <> 'unreviewed';
CREATE TABLE incident_aliases (
  alias TEXT PRIMARY KEY,
  incident TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What analysts decided. Append-only; a decision is taken back by another one.
CREATE TABLE decisions (
  id INTEGER PRIMARY KEY,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  kind TEXT NOT NULL,                 -- together, apart, reject, review, revoke
  note TEXT,
  state TEXT,                         -- of a review
  revokes INTEGER REFERENCES decisions (id)
) STRICT;
CREATE TABLE decision_events (
  decision INTEGER NOT NULL REFERENCES decisions (id),
  ordinal INTEGER NOT NULL,
  side INTEGER NOT NULL,              -- of `apart`: which of the two sides
  anchor TEXT NOT NULL,               -- how the event is found again after recoding, as JSON
  report TEXT NOT NULL,
  event INTEGER REFERENCES events (id),
  PRIMARY KEY (decision, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_events_event ON decision_events (event) WHERE event IS NOT NULL;
CREATE INDEX decision_events_report ON decision_events (report);
