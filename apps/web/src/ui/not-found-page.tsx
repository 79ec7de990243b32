import { ApiError } from '../api/client.ts';
import { ErrorPanel } from './error-panel.tsx';

/** A path that is none of ours. */
export function NotFoundPage() {
  const error = new ApiError(
    404,
    'no_such_page',
    'There is no page under this address. The link may be old or mistyped.',
  );
  return (
    <ErrorPanel
      error={error}
      onRetry={() => {
        window.location.reload();
      }}
    />
  );
}
