import { Fragment } from 'react';

/** Names in a row, each apart from its neighbours: one written from right to left must not turn the others around. */
export function People({ names }: { names: readonly string[] }) {
  return names.map((name, i) => (
    <Fragment key={`${i} ${name}`}>
      {i > 0 && ', '}
      <bdi>{name}</bdi>
    </Fragment>
  ));
}
