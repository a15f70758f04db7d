-- The two officers of a resolution are told apart by their ids: one person must not have two.
CREATE UNIQUE INDEX people_space_pesel_index_key ON people (space, pesel_index);
