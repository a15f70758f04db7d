-- Every specialty that counts where somebody orders devices; none where they are not known.
ALTER TABLE people ADD COLUMN specialties jsonb;

-- Profession and licence number: each register gives numbers of its own. None of what was drafted before.
ALTER TABLE device_orders ADD COLUMN prescriber text;

CREATE INDEX device_orders_by_prescriber ON device_orders (entity_id, prescriber);
