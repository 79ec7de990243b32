throw new Error('no dungeon today');
