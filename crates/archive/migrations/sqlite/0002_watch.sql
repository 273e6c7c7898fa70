-- What `watch` must know after a restart, of each feed, sitemap and page that it asked for.
CREATE TABLE watched (
  address TEXT PRIMARY KEY,
  entry TEXT,                         -- hash of what a feed said of the page when it was asked for
  etag TEXT,                          -- as the server gave them
  modified TEXT,
  asked_at TEXT,                      -- when it last answered
  next_at TEXT,                       -- not before; nothing: not again
  failures INTEGER NOT NULL,          -- in a row
  fault TEXT                          -- the last of them
) STRICT, WITHOUT ROWID;
