DROP TABLE released_papers;
