import type { Command } from '../command.ts';
import type { Navigator } from '../navigation/navigator.ts';
import type { World } from '../world.ts';

/** Looks at the world and says what to do, or null if this is not its moment. */
export type Behaviour = (world: World, navigator: Navigator) => Command | null;
