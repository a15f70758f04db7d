-- What was let go of is known again when it is entered again.
SELECT 1;
