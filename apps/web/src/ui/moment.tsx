import { formatAgo } from '../format/time.ts';
import { useNow } from './use-now.ts';

/** `5 minutes ago`, with the exact time on hover. */
export function Moment({ iso }: { iso: string }) {
  const now = useNow(30_000);
  return (
    <time dateTime={iso} title={new Date(iso).toLocaleString()}>
      {formatAgo(iso, now)}
    </time>
  );
}
