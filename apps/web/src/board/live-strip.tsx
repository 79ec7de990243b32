import { useEffect } from 'react';
import { Link } from 'react-router';
import { getLiveGames } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { describeCharacter } from '../format/character.ts';
import { formatWhole, plural } from '../format/numbers.ts';
import { spread } from './spread.ts';

/** Games end within seconds to hours; a list some seconds old still leads to games that are being played. */
const REFRESH_MS = 5_000;
const SHOWN = 8;

/** The games being played now, each a link to watch it. It takes its place from the start: what is below never moves. */
export function LiveStrip({ slug }: { slug: string }) {
  const { resource, reload } = useResource(slug, getLiveGames);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, REFRESH_MS);
    return () => {
      clearInterval(timer);
    };
  }, [reload]);
  const games = resource.status === 'ready' ? resource.data : [];
  const more = games.length - SHOWN;
  if (games.length === 0) {
    return (
      <section className="live" aria-labelledby="live-title">
        <h2 id="live-title">
          <span className="live-dot live-still" aria-hidden="true" /> No game being played
        </h2>
        <p className="live-none muted">Games can be watched here while they are played.</p>
      </section>
    );
  }
  return (
    <section className="live" aria-labelledby="live-title">
      <h2 id="live-title">
        <span className="live-dot" aria-hidden="true" /> {plural(games.length, 'game')} being played
      </h2>
      <ul>
        {spread(games, SHOWN).map((game) => (
          <li key={game.id}>
            <Link to={`/games/${game.id}`}>
              <b>
                <bdi>{game.agentName}</bdi>
              </b>
              <span>
                {game.character === null ? 'character not known yet' : describeCharacter(game.character)}
              </span>
              <span className="muted number">game {formatWhole(game.index + 1)}</span>
            </Link>
          </li>
        ))}
        {more > 0 && <li className="live-more muted">and {formatWhole(more)} more</li>}
      </ul>
    </section>
  );
}
