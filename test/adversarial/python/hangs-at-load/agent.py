"""Is imported for ever."""
while True:
    pass
