"""Outside files that name the people somebody serves, read into clients."""
