-- What the leaders of the commune do in a week. A week is read by everybody once it is published; what changes in it afterwards is
-- read at once. `cancelled_at`: it stays on the page, struck through.
CREATE TABLE schedule_entry (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  starts_at TIMESTAMPTZ NOT NULL,
  ends_at TIMESTAMPTZ,
  what TEXT NOT NULL,
  place TEXT NOT NULL,
  chair TEXT NOT NULL,
  attendees TEXT NOT NULL,
  changed_at TIMESTAMPTZ NOT NULL,
  cancelled_at TIMESTAMPTZ,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX schedule_entry_start ON schedule_entry (commune_id, starts_at, id);

CREATE TABLE schedule_week (
  commune_id UUID NOT NULL,
  monday DATE NOT NULL,
  published_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, monday)
);
