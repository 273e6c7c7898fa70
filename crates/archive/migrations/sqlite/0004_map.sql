-- The box around all places of an event, in hundredths of a degree, rounded outwards: a walk from the newest passes over what lies
-- elsewhere without reading its places.
ALTER TABLE events ADD COLUMN south INTEGER;
ALTER TABLE events ADD COLUMN north INTEGER;
ALTER TABLE events ADD COLUMN west INTEGER;
ALTER TABLE events ADD COLUMN east INTEGER;
UPDATE events SET (south, north, west, east) = (
  SELECT CAST(min(p.latitude) * 100 AS INTEGER) - 1, CAST(max(p.latitude) * 100 AS INTEGER) + 1,
    CAST(min(p.longitude) * 100 AS INTEGER) - 1, CAST(max(p.longitude) * 100 AS INTEGER) + 1
  FROM event_places p WHERE p.event = events.id
) WHERE current = 1;
-- Bands of a tenth of a degree, each in the order of longitude: a box is a few stretches of this index. (An R*Tree over place and time
-- took ten times as long where no days are asked for.)
DROP TABLE event_boxes;
CREATE INDEX event_places_band ON event_places (CAST(latitude * 10 AS INTEGER), longitude, latitude, day, event);
DROP INDEX events_day;
DROP INDEX events_kind;
CREATE INDEX events_day ON events
  (day DESC, id DESC, current, rejected, background, last_day, kind, confidence, modality, incident, south, north, west, east)
  WHERE current = 1;
CREATE INDEX events_kind ON events
  (kind, day DESC, id DESC, current, rejected, background, last_day, confidence, modality, incident, south, north, west, east)
  WHERE current = 1;
