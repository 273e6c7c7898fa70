-- Decisions that say what an event should be (`correct`, `add`) carry it; a coding that they made is told apart from the machine's.
ALTER TABLE decisions ADD COLUMN data TEXT;
CREATE INDEX decisions_revokes ON decisions (revokes) WHERE revokes IS NOT NULL;
ALTER TABLE codings ADD COLUMN decided INTEGER NOT NULL DEFAULT 0;
-- The review begins with what is least sure.
CREATE INDEX events_confidence ON events (confidence, id) WHERE current = 1;

-- Who may look, decide, administer.
CREATE TABLE users (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL,                 -- reader, reviewer, administrator
  password TEXT NOT NULL,             -- argon2id, as a PHC string
  made_at TEXT NOT NULL,
  last_login TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
  hash TEXT PRIMARY KEY,              -- of the cookie's value
  owner TEXT NOT NULL REFERENCES users (name),
  expires_at INTEGER NOT NULL            -- seconds since 1970
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_owner ON sessions (owner);
CREATE TABLE tokens (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL REFERENCES users (name),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  made_at TEXT NOT NULL,
  expires_at INTEGER NOT NULL,           -- seconds since 1970
  last_used TEXT
) STRICT;
CREATE INDEX tokens_owner ON tokens (owner);

-- Saved views; their owner may be `local`, where there is no login.
CREATE TABLE views (
  id INTEGER PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  shared INTEGER NOT NULL,
  made_at TEXT NOT NULL
) STRICT;
CREATE INDEX views_owner ON views (owner);
