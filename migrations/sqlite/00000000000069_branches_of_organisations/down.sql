ALTER TABLE organisations DROP COLUMN payer_branch;
