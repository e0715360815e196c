-- Where a notice sounds (`,id,id,`; empty: everywhere), whether it is an exercise, without a siren, and, for one that came from a higher level, who sent it
-- and the identifier of its CAP message.
ALTER TABLE emergency ADD COLUMN villages TEXT NOT NULL DEFAULT '';
ALTER TABLE emergency ADD COLUMN drill BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE emergency ADD COLUMN quiet BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE emergency ADD COLUMN sender TEXT NOT NULL DEFAULT '';
ALTER TABLE emergency ADD COLUMN cap_id TEXT NOT NULL DEFAULT '';
CREATE INDEX emergency_cap ON emergency (commune_id, cap_id);
