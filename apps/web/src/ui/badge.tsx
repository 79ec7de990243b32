import type { AgentKind } from '@arena/contracts';
import type { ReactNode } from 'react';

/** A small label in the colour of its kind. */
export function Badge({
  kind,
  children,
}: {
  kind: AgentKind | 'fault' | 'nobodys' | 'good' | 'plain' | 'live';
  children: ReactNode;
}) {
  return <span className={`badge badge-${kind}`}>{children}</span>;
}
