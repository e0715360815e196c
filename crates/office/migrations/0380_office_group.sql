-- Groups in which the commune's people already talk about work (nhóm công việc): Zalo, Facebook and the like. `address` is the link
-- by which one joins or opens it; the program sends nothing there by itself.
CREATE TABLE work_group (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  platform TEXT NOT NULL,
  address TEXT NOT NULL,
  members TEXT NOT NULL,
  opened_on DATE NOT NULL,
  ended_on DATE,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX work_group_opened ON work_group (commune_id, opened_on, id);
