-- Numbers that are drawn at the door, new each day. `series` is the group in which it was drawn, `label` what stands on the
-- paper ("A012"); `group_key` is where its holder waits now. `since` orders the line, `due_at` is the hour of an appointment.
-- No personal data: nobody has to say who they are.
CREATE TABLE queue_ticket (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  day DATE NOT NULL,
  series TEXT NOT NULL,
  number BIGINT NOT NULL,
  label TEXT NOT NULL,
  group_key TEXT NOT NULL,
  priority TEXT NOT NULL,
  due_at TIMESTAMPTZ,
  state TEXT NOT NULL,
  counter TEXT NOT NULL,
  calls BIGINT NOT NULL,
  put_back BIGINT NOT NULL,
  drawn_at TIMESTAMPTZ NOT NULL,
  since TIMESTAMPTZ NOT NULL,
  called_at TIMESTAMPTZ,
  last_called_at TIMESTAMPTZ,
  ended_at TIMESTAMPTZ,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX queue_ticket_number ON queue_ticket (commune_id, day, series, number);
CREATE INDEX queue_ticket_day ON queue_ticket (commune_id, day, id);

-- What happened to a number; rows are only ever added.
CREATE TABLE queue_event (
  commune_id UUID NOT NULL,
  ticket_id UUID NOT NULL,
  id UUID NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  kind TEXT NOT NULL,
  group_key TEXT NOT NULL,
  counter TEXT NOT NULL,
  account_id UUID,
  PRIMARY KEY (commune_id, ticket_id, id)
);

-- Who sits at which counter today. `calls` counts up with every call, so that two calls of one counter wait for each other.
CREATE TABLE queue_post (
  commune_id UUID NOT NULL,
  day DATE NOT NULL,
  counter TEXT NOT NULL,
  account_id UUID NOT NULL,
  since TIMESTAMPTZ NOT NULL,
  calls BIGINT NOT NULL,
  PRIMARY KEY (commune_id, day, counter)
);
CREATE UNIQUE INDEX queue_post_account ON queue_post (commune_id, day, account_id);

-- Appointments. `procedure_code` is a procedure or 'khac'. `hold` is there while it is open and counts the appointments that
-- one person holds for one procedure: the index lets nobody hold more. `booked_by` is whoever booked, for themselves or for
-- somebody of the village who agreed.
CREATE TABLE visit (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  procedure_code TEXT NOT NULL,
  person_id UUID NOT NULL,
  booked_by UUID NOT NULL,
  day DATE NOT NULL,
  starts_at TIMESTAMPTZ NOT NULL,
  papers BIGINT NOT NULL,
  state TEXT NOT NULL,
  hold BIGINT,
  ticket_id UUID,
  made_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX visit_code ON visit (commune_id, code);
CREATE UNIQUE INDEX visit_hold ON visit (commune_id, person_id, procedure_code, hold);
CREATE INDEX visit_day ON visit (commune_id, day, starts_at, id);
CREATE INDEX visit_person ON visit (commune_id, person_id, id);
CREATE INDEX visit_booked ON visit (commune_id, booked_by, id);

-- How many places of an hour are taken. Booking counts up under the row's lock: nobody takes the last place twice.
CREATE TABLE visit_slot (
  commune_id UUID NOT NULL,
  starts_at TIMESTAMPTZ NOT NULL,
  taken BIGINT NOT NULL,
  PRIMARY KEY (commune_id, starts_at)
);
