"""What is kept between sessions, in SQLite files of the data folder: one file per concern."""
