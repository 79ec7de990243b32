"""What a player knows before the game: monsters, food."""
