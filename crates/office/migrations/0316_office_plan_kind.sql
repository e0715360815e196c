-- What a plan is to the commune: an ordinary plan, the plan of the pilot (smart new-style rural commune), or a thematic resolution
-- of the Party committee that is carried out task by task. `changed_at` is written by whoever adds to it, so that two do it in turn.
ALTER TABLE office_plan ADD COLUMN kind TEXT NOT NULL DEFAULT 'plan';
ALTER TABLE office_plan ADD COLUMN changed_at TIMESTAMPTZ;
