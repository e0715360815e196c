-- On whose network an agency stands: papers of the Party committee go over the Party's own and no other. `own_code` and `own_name`: what we
-- are called there, where that is not the commune's own code.
ALTER TABLE exchange_peer ADD COLUMN net TEXT NOT NULL DEFAULT 'state';
ALTER TABLE exchange_peer ADD COLUMN own_code TEXT NOT NULL DEFAULT '';
ALTER TABLE exchange_peer ADD COLUMN own_name TEXT NOT NULL DEFAULT '';
ALTER TABLE exchange_in ADD COLUMN net TEXT NOT NULL DEFAULT 'state';
