"""Groups, time and frames together: tables whose intervals draw documents again and again (the bootstrap, clustered by document)."""
