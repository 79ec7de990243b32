import type { Action } from './index.ts';

/** Finds an action's key by name: `('SEARCH')`, or with its set where several actions have that name: `('CompassDirection', 'N')`. */
export type KeyOf = (setOrName: string, name?: string) => number;

/** Looks up the keys of these actions. What it returns throws a RangeError that tells which names there are. */
export function keysByName(actions: readonly Action[]): KeyOf {
  return (setOrName, name) => {
    const found = actions.filter((action) =>
      name === undefined ? action.name === setOrName : action.set === setOrName && action.name === name,
    );
    const [first] = found;
    if (first !== undefined && found.length === 1) return first.key;
    throw new RangeError(
      first === undefined ? unknown(actions, setOrName, name) : ambiguous(found, first.name),
    );
  };
}

const call = ({ set, name }: Action): string => `key('${set}', '${name}')`;

const ambiguous = (found: readonly Action[], name: string): string =>
  `${found.length} actions are called ${name}: say ${found.map(call).join(' or ')}`;

function unknown(actions: readonly Action[], setOrName: string, name: string | undefined): string {
  const asked = name === undefined ? setOrName : `${setOrName}.${name}`;
  const plain = (name ?? setOrName).toUpperCase();
  const near = actions.filter((action) => action.name === plain || action.name.startsWith(plain));
  const advice =
    near.length > 0
      ? `did you mean ${near.slice(0, 3).map(call).join(' or ')}?`
      : 'context.actions lists all 121, each with its set and its name';
  return `there is no action ${asked}; ${advice}`;
}
