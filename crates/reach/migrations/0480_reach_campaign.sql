-- A campaign: what households are to know or to do. `goal`: per cent of the households. `started_on`: the day on which its roll was
-- taken; `ended_on`: the first day on which it no longer runs; `reminded_on`: when heads were last reminded.
CREATE TABLE reach_campaign (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  title TEXT NOT NULL,
  say TEXT NOT NULL,
  link TEXT NOT NULL,
  topic TEXT NOT NULL,
  audience TEXT NOT NULL,
  goal BIGINT NOT NULL,
  lead_id UUID,
  state TEXT NOT NULL,
  from_on DATE NOT NULL,
  until_on DATE NOT NULL,
  started_on DATE,
  ended_on DATE,
  reminded_on DATE,
  later BIGINT NOT NULL,
  why TEXT NOT NULL,
  by_id UUID,
  at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX reach_campaign_state ON reach_campaign (commune_id, state, until_on, id);
CREATE INDEX reach_campaign_started ON reach_campaign (commune_id, started_on, id);

-- The villages that it is for; none: the whole commune.
CREATE TABLE reach_place (
  commune_id UUID NOT NULL,
  campaign_id UUID NOT NULL,
  village_id UUID NOT NULL,
  PRIMARY KEY (commune_id, campaign_id, village_id)
);
