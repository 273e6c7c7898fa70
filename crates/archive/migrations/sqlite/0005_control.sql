-- Statements that somebody holds a place, of every coding; those of a report's last coding are current. An archive of before has none until
-- it is recoded. The columns that events have too bear the same names, so that one filter asks both.
CREATE TABLE statements (
  id INTEGER PRIMARY KEY,
  coding INTEGER NOT NULL REFERENCES codings (id),
  report INTEGER NOT NULL REFERENCES reports (id),
  ordinal INTEGER NOT NULL,
  statement TEXT NOT NULL,            -- its id in the record
  current INTEGER NOT NULL,
  day INTEGER NOT NULL,                    -- the last day for which it is stated
  source TEXT,
  outlet TEXT,
  country TEXT,
  admin1 TEXT,
  place TEXT,                         -- gazetteer id
  name TEXT NOT NULL,                 -- Arabic, as a key
  name_en TEXT NOT NULL,              -- lower case
  data TEXT NOT NULL                  -- the statement, as in the record
) STRICT;
CREATE INDEX statements_report ON statements (report) WHERE current = 1;
CREATE INDEX statements_day ON statements (day) WHERE current = 1;
CREATE INDEX statements_coding ON statements (coding);
