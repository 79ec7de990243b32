import type { Group } from '../command.ts';
import { UNPACK } from './unpack.ts';

export const RUNTIME: Group = {
  name: 'runtime',
  summary: 'other root file systems for agents, for who operates an arena',
  commands: [UNPACK],
};
