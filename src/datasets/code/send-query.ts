/** From the text that a researcher sends to what is told of it: whether it ran, what the table would look like, and nothing else. */
import type { DataSource } from 'typeorm';
import type { Contracts } from '../../contracts/contracts.ts';
import { Misuse, TesseraError } from '../../errors.ts';
import { cellBand } from './catalogue-entry.ts';
import { dimensionName } from './printed.ts';
import { type Query, readQuery } from './query.ts';
import { runInside } from './run-inside.ts';
import { type Actor, type CodeState, keepQuery } from './sent-queries.ts';

export interface Sending {
  readonly metric: string;
  readonly title: string;
  readonly question: string;
  readonly text: string;
}

/** All of it follows from the query and the code lists: it is the same whatever is in the data. */
export interface Told {
  readonly id: string;
  readonly state: CodeState;
  readonly columns: readonly string[];
  readonly dimensions: readonly string[];
  readonly statistic: 'count' | 'share';
  readonly cells: string;
}

interface Parts {
  readonly api: DataSource;
  readonly researcher: DataSource;
  readonly contracts: Contracts;
}

/** A text that is refused is kept with the reason, and thrown back at its author. */
export async function sendQuery(parts: Parts, author: Actor, sending: Sending): Promise<Told> {
  const { api, researcher, contracts } = parts;
  permitName(sending, contracts);
  let query: Query;
  try {
    query = await readQuery(sending.text, contracts);
  } catch (error) {
    if (error instanceof TesseraError)
      await keepQuery(api, author, {
        ...sending,
        text: sending.text.slice(0, 20_000),
        query: null,
        state: 'refused',
        reason: error.code,
      });
    throw error;
  }
  const outcome = await runInside(researcher, query);
  const state = outcome === 'ran' ? 'pending' : 'stopped';
  const reason = outcome === 'ran' ? null : 'STOPPED';
  const id = await keepQuery(api, author, { ...sending, query, state, reason });
  return { id, state, ...shapeOf(query, contracts) };
}

export function shapeOf(query: Query, contracts: Contracts): Omit<Told, 'id' | 'state'> {
  const dimensions = query.dimensions.map(dimensionName);
  const counted = query.met === undefined ? ['count'] : ['count', 'of'];
  return {
    columns: ['period', ...dimensions, ...counted],
    dimensions,
    statistic: query.met === undefined ? 'count' : 'share',
    cells: cellBand(query, contracts),
  };
}

function permitName({ metric, title, question }: Sending, contracts: Contracts): void {
  if (!/^[a-z][a-z0-9_]{2,60}$/.test(metric))
    throw new Misuse('NOT_A_NAME', '--name takes small letters, digits and _, 3 to 61 of them.');
  if (contracts.metrics.has(metric))
    throw new Misuse('NAME_TAKEN', `The catalogue has a metric ${metric} already.`, {
      remedy: `npx tessera table ${metric} --period 2025 reads it.`,
    });
  if (title.trim() === '' || title.length > 200 || question.trim() === '' || question.length > 600)
    throw new Misuse('NO_WORDS', '--title takes up to 200 characters and --question up to 600.');
}
