-- While the payer looks once more: from when on (real time) a worker finishes what nobody else did.
ALTER TABLE take_ups ADD COLUMN verify_at timestamp;

CREATE INDEX take_ups_verify ON take_ups (verify_at) WHERE verify_at IS NOT NULL;
