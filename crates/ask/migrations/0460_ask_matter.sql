-- Something that residents are asked: a poll, a draft, the choice of village works. `given`: answers, comments or households that
-- voted. `roll`: households that may vote. `seal`: the hash over all ballots once they are counted.
CREATE TABLE ask_matter (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  about TEXT NOT NULL,
  who TEXT NOT NULL,
  shown TEXT NOT NULL,
  budget BIGINT NOT NULL,
  picks BIGINT NOT NULL,
  state TEXT NOT NULL,
  from_on DATE NOT NULL,
  until_on DATE NOT NULL,
  opened BOOLEAN NOT NULL,
  given BIGINT NOT NULL,
  roll BIGINT NOT NULL,
  seal TEXT NOT NULL,
  why TEXT NOT NULL,
  done_on DATE,
  by_id UUID,
  at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX ask_matter_state ON ask_matter (commune_id, state, until_on, id);

-- The villages that are asked; none: the whole commune.
CREATE TABLE ask_place (
  commune_id UUID NOT NULL,
  matter_id UUID NOT NULL,
  village_id UUID NOT NULL,
  PRIMARY KEY (commune_id, matter_id, village_id)
);
CREATE INDEX ask_place_village ON ask_place (commune_id, village_id, matter_id);
