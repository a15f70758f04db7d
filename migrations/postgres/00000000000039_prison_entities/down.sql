DROP INDEX organisations_of_rpwdl_number;
ALTER TABLE organisations DROP COLUMN is_prison;
