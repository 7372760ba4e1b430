# Stub of the functions that package scripts load.
