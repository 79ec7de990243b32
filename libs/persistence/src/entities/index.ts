import { Archive } from './archive.entity.ts';
import { Board, BoardLine } from './board.entity.ts';
import { Competition } from './competition.entity.ts';
import { Evaluation } from './evaluation.entity.ts';
import { Game } from './game.entity.ts';
import { Submission } from './submission.entity.ts';
import { Tape } from './tape.entity.ts';
import { Worker } from './worker.entity.ts';

export { Archive, Board, BoardLine, Competition, Evaluation, Game, Submission, Tape, Worker };
export const ENTITIES = [Competition, Archive, Submission, Evaluation, Worker, Game, Tape, Board, BoardLine];
