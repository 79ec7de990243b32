"""From the arrays of all games to what one game's rules look at."""
