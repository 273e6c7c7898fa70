-- The box around all places of an event, in hundredths of a degree, rounded outwards: a walk from the newest passes over what lies
-- elsewhere without reading its places.
ALTER TABLE events ADD COLUMN south BIGINT;
ALTER TABLE events ADD COLUMN north BIGINT;
ALTER TABLE events ADD COLUMN west BIGINT;
ALTER TABLE events ADD COLUMN east BIGINT;
UPDATE events SET (south, north, west, east) = (
  SELECT CAST(trunc(min(p.latitude) * 100) AS BIGINT) - 1, CAST(trunc(max(p.latitude) * 100) AS BIGINT) + 1,
    CAST(trunc(min(p.longitude) * 100) AS BIGINT) - 1, CAST(trunc(max(p.longitude) * 100) AS BIGINT) + 1
  FROM event_places p WHERE p.event = events.id
) WHERE current = 1;
DROP INDEX events_day;
DROP INDEX events_kind;
CREATE INDEX events_day ON events
  (day DESC, id DESC, current, rejected, background, last_day, kind, confidence, modality, incident, south, north, west, east)
  WHERE current = 1;
CREATE INDEX events_kind ON events
  (kind, day DESC, id DESC, current, rejected, background, last_day, confidence, modality, incident, south, north, west, east)
  WHERE current = 1;
