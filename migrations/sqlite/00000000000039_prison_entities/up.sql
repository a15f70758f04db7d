-- Entities for people deprived of liberty may always issue demands on paper (PF art. 4ad(8)). An officer who enters paper
-- finds an entity by its number of the register.
ALTER TABLE organisations ADD COLUMN is_prison boolean NOT NULL DEFAULT FALSE;

CREATE INDEX organisations_of_rpwdl_number ON organisations (space, rpwdl_number) WHERE rpwdl_number IS NOT NULL;
