DROP TABLE look_up_tries;
