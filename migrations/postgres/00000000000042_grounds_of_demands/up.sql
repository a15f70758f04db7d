-- On which ground the product is brought in: as a target import (PF art. 4(1)), which every demand was until now, or because of
-- a disaster or threat (PF art. 4(9)).
ALTER TABLE demands ADD COLUMN ground text NOT NULL DEFAULT 'TARGET_IMPORT' CHECK (ground IN ('TARGET_IMPORT', 'DISASTER'));
