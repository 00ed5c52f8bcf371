/** Code-to-data on the hub's own host: as whom somebody acts, what they may, and that it is on record. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DataSource } from 'typeorm';
import { listPeople, rolesHeldBy } from '../access/people.ts';
import { auditEntry, outcomeOf } from '../audit/entry.ts';
import { openRecorder } from '../audit/recorder.ts';
import { checkContracts } from '../contracts/check/check.ts';
import { loadContracts } from '../contracts/contracts.ts';
import { catalogueEntry } from '../datasets/code/catalogue-entry.ts';
import { cellsInside } from '../datasets/code/run-inside.ts';
import { type Sending, sendQuery, shapeOf, type Told } from '../datasets/code/send-query.ts';
import {
  type Actor,
  type CodeState,
  type Decision,
  markApproved,
  moveQuery,
  reviewQuery,
  type SentQuery,
  sentQueries,
  sentQuery,
} from '../datasets/code/sent-queries.ts';
import { publishedTables } from '../disclosure/published-tables.ts';
import { standing } from '../disclosure/standing.ts';
import { NotFound, Refused, Unavailable } from '../errors.ts';
import { asGatekeeper } from './as-gatekeeper.ts';
import type { Hub } from './hub.ts';

const AUTHORS = ['researcher'];
const REVIEWERS = ['steward', 'county-counsel', 'survivor-advisor'];
const STEWARD = ['steward'];

export async function send(by: string, file: string, sending: Omit<Sending, 'text'>): Promise<Told> {
  const text = textOf(file);
  return acting('codeSend', by, AUTHORS, text, async (author, hub) =>
    sendQuery(await parts(hub), author, { ...sending, text }),
  );
}

export async function move(by: string, id: string, to: 'submitted' | 'withdrawn'): Promise<void> {
  return acting(to === 'submitted' ? 'codeSubmit' : 'codeWithdraw', by, AUTHORS, id, async (author, hub) =>
    moveQuery(await hub.as('api'), id, author, to),
  );
}

export async function review(
  by: string,
  id: string,
  decision: { readonly decision: Decision; readonly words: string | undefined },
): Promise<CodeState> {
  return acting('codeReview', by, REVIEWERS, id, async (reviewer, hub) =>
    reviewQuery(await hub.as('api'), id, reviewer, decision),
  );
}

export interface ForReview {
  readonly sent: SentQuery;
  readonly shape: Omit<Told, 'id' | 'state'> | null;
  /** Files of the catalogue that it would be. */
  readonly files: readonly { readonly file: string; readonly content: string }[];
  /** Unprotected, and for reviewers alone. */
  readonly inside: { readonly cells: number; readonly small: number } | null;
}

export async function show(by: string, id: string): Promise<ForReview> {
  return acting('codeShow', by, REVIEWERS, id, async (_reviewer, hub) => {
    const { api, researcher, contracts } = await parts(hub);
    const sent = await sentQuery(api, id);
    if (sent.query === null) return { sent, shape: null, files: [], inside: null };
    return {
      sent,
      shape: shapeOf(sent.query, contracts),
      files: catalogueEntry({ ...sent, query: sent.query }),
      inside: await cellsInside(researcher, sent.query),
    };
  });
}

/** Writes the files into a schema folder; there they are reviewed, kept and deployed as every other contract is. */
export async function adopt(by: string, id: string, folder: string): Promise<readonly string[]> {
  return acting('codeAdopt', by, STEWARD, id, async (_steward, hub) => {
    const api = await hub.as('api');
    const sent = await sentQuery(api, id);
    if (sent.state !== 'reviewed' || sent.query === null)
      throw new Refused('NOT_REVIEWED', 'Only what two reviewers approved enters the catalogue.');
    const files = catalogueEntry({ ...sent, query: sent.query });
    const paths = files.map(({ file }) => join(folder, file));
    if (!existsSync(join(folder, 'metrics')) || paths.some((path) => existsSync(path)))
      throw new Refused('NOT_A_CATALOGUE', `${folder} holds no metrics, or has these files already.`);
    try {
      for (const [at, { content }] of files.entries()) writeBeside(paths[at] ?? '', content);
      const problems = checkContracts(folder).problems;
      if (problems.length > 0)
        throw new Refused('CONTRACTS_BROKEN', `The catalogue would not hold: ${problems[0]?.message ?? ''}`);
      await markApproved(api, id);
    } catch (error) {
      for (const path of paths) rmSync(path, { force: true });
      throw error;
    }
    return paths;
  });
}

export interface Listed extends SentQuery {
  /** The release that holds the table, once there is one. */
  readonly release: number | null;
}

export async function list(): Promise<Listed[]> {
  return asGatekeeper('dataset code list', async (_gate, hub) => {
    const api = await hub.as('api');
    const { current } = await standing(api);
    const published =
      current === undefined ? [] : (await publishedTables(api, current.number)).map(({ metric }) => metric);
    return (await sentQueries(api)).map((sent) => ({
      ...sent,
      release:
        sent.state === 'approved' && published.includes(sent.metric) ? (current?.number ?? null) : null,
    }));
  });
}

async function parts(hub: Hub) {
  return {
    api: await hub.as('api'),
    researcher: await hub.as('researcher'),
    contracts: loadContracts(),
  };
}

/** Nothing is answered that is not on record, refusals neither. */
async function acting<T>(
  operation: string,
  by: string,
  roles: readonly string[],
  about: string,
  work: (actor: Actor, hub: Hub) => Promise<T>,
): Promise<T> {
  return asGatekeeper('dataset code', async (gate, hub) => {
    const { actor, role } = await actorOf(gate, by, roles);
    const recorder = openRecorder(await hub.as('recorder'));
    const document = createHash('sha256').update(about).digest('hex');
    const record = (outcome: string): Promise<void> =>
      recorder.record(
        auditEntry(
          randomUUID(),
          { person: actor.id, role, county: null, agency: null, channel: 'host' },
          { purpose: 'research', operations: [operation], document, outcome },
        ),
      );
    try {
      const answer = await work(actor, hub);
      await record('answered');
      return answer;
    } catch (error) {
      await record(`refused: ${outcomeOf(error)}`);
      throw error;
    } finally {
      await recorder.close();
    }
  });
}

/** Somebody whom the hub knows, in a role that they hold now. */
async function actorOf(
  gate: DataSource,
  by: string,
  roles: readonly string[],
): Promise<{ readonly actor: Actor; readonly role: string }> {
  const people = (await listPeople(gate, { most: 100_000 })).filter(({ endedAt }) => endedAt === null);
  const person = people.find(({ id, email }) => id === by || email === by.toLowerCase());
  if (person === undefined)
    throw new NotFound('PERSON_UNKNOWN', 'The hub knows nobody by that address or id.', {
      remedy: 'npx tessera people list',
    });
  const today = new Date().toISOString().slice(0, 10);
  const held = (await rolesHeldBy(gate, [person.id])).find(
    ({ role, endedAt, effectiveFrom, effectiveTo }) =>
      roles.includes(role) &&
      endedAt === null &&
      effectiveFrom <= today &&
      (effectiveTo === null || effectiveTo >= today),
  );
  if (held === undefined)
    throw new Refused('ROLE_MISSING', `This takes one of the roles ${roles.join(', ')}.`, {
      remedy: 'npx tessera people give',
    });
  return { actor: { id: person.id, name: person.name }, role: held.role };
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    throw new Unavailable('CANNOT_READ', `${file} cannot be read.`, { cause });
  }
}

function writeBeside(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
