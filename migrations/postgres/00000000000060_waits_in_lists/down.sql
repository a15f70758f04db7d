-- What lists say of a wait stays true.
SELECT 1;
