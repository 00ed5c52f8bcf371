/** What researchers sent, and where each stands: the states of an airlock, in which no result ever is. */
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { transaction } from '../../db/transaction.ts';
import { NotFound, Refused } from '../../errors.ts';
import type { Query } from './query.ts';

/** The database holds to the same list. */
export type CodeState =
  | 'refused'
  | 'stopped'
  | 'pending'
  | 'submitted'
  | 'partially_reviewed'
  | 'reviewed'
  | 'approved'
  | 'returned'
  | 'rejected'
  | 'withdrawn';

export type Decision = 'approve' | 'return' | 'reject';

export interface Actor {
  readonly id: string;
  readonly name: string;
}

export interface SentQuery {
  readonly id: string;
  readonly author: string;
  readonly authorName: string;
  readonly metric: string;
  readonly title: string;
  readonly question: string;
  readonly text: string;
  readonly query: Query | null;
  readonly state: CodeState;
  readonly reason: string | null;
  readonly sentAt: Date;
  readonly reviews: readonly {
    readonly name: string;
    readonly decision: Decision;
    readonly words: string | null;
  }[];
}

export type NewQuery = Pick<
  SentQuery,
  'metric' | 'title' | 'question' | 'text' | 'query' | 'state' | 'reason'
>;

const NEEDED = 2;

export async function keepQuery(api: DataSource, author: Actor, sent: NewQuery): Promise<string> {
  const id = randomUUID();
  await api.query(
    `INSERT INTO code.sent (id, author, author_name, metric, title, question, text, query, state, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      author.id,
      author.name,
      sent.metric,
      sent.title,
      sent.question,
      sent.text,
      sent.query,
      sent.state,
      sent.reason,
    ],
  );
  return id;
}

const SENT = `SELECT s.id, s.author, s.author_name AS "authorName", s.metric, s.title, s.question, s.text, s.query, s.state, s.reason,
    s.sent_at AS "sentAt",
    coalesce((SELECT jsonb_agg(jsonb_build_object('name', r.reviewer_name, 'decision', r.decision, 'words', r.words) ORDER BY r.at)
      FROM code.review r WHERE r.code_id = s.id), '[]') AS reviews
  FROM code.sent s`;

export async function sentQueries(api: DataSource): Promise<SentQuery[]> {
  return api.query<SentQuery[]>(`${SENT} ORDER BY s.sent_at DESC, s.id LIMIT 500`);
}

export async function sentQuery(api: DataSource, id: string): Promise<SentQuery> {
  const found = /^[0-9a-f-]{36}$/.test(id)
    ? await api.query<SentQuery[]>(`${SENT} WHERE s.id = $1`, [id])
    : [];
  return found[0] ?? notThere();
}

/** Puts to review what ran; withdraws what was not decided. */
export async function moveQuery(
  api: DataSource,
  id: string,
  by: Actor,
  to: 'submitted' | 'withdrawn',
): Promise<void> {
  await changed(api, id, (sent) => {
    if (sent.author !== by.id) throw notTheirs('Only its author does that.');
    const from: readonly CodeState[] =
      to === 'submitted' ? ['pending'] : ['pending', 'submitted', 'partially_reviewed', 'reviewed'];
    if (!from.includes(sent.state)) throw wrongState(sent.state);
    return to;
  });
}

/** Two who are not the author approve it; one of either sends it back or ends it. */
export async function reviewQuery(
  api: DataSource,
  id: string,
  by: Actor,
  { decision, words }: { readonly decision: Decision; readonly words: string | undefined },
): Promise<CodeState> {
  return changed(api, id, async (sent, client) => {
    if (sent.author === by.id) throw notTheirs('An author does not review their own query.');
    if (sent.state !== 'submitted' && sent.state !== 'partially_reviewed') throw wrongState(sent.state);
    if (decision !== 'approve' && (words === undefined || words.trim() === ''))
      throw new Refused('NO_REASON', 'What is sent back or rejected needs a reason.', {
        remedy: 'Say it with --because.',
      });
    const done = await client.query(
      `INSERT INTO code.review (code_id, reviewer, reviewer_name, decision, words) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (code_id, reviewer) DO NOTHING`,
      [id, by.id, by.name, decision, words ?? null],
    );
    if (done.rowCount === 0) throw new Refused('REVIEWED_ALREADY', 'This reviewer has decided already.');
    if (decision !== 'approve') return decision === 'return' ? 'returned' : 'rejected';
    const approvals = 1 + sent.reviews.filter((review) => review.decision === 'approve').length;
    return approvals >= NEEDED ? 'reviewed' : 'partially_reviewed';
  });
}

/** That its files are in the catalogue. */
export async function markApproved(api: DataSource, id: string): Promise<void> {
  await changed(api, id, (sent) => {
    if (sent.state !== 'reviewed') throw wrongState(sent.state);
    return 'approved';
  });
}

async function changed(
  api: DataSource,
  id: string,
  next: (sent: SentQuery, client: PoolClient) => CodeState | Promise<CodeState>,
): Promise<CodeState> {
  // Two reviewers at once come one after the other.
  return transaction(api, async ({ client }) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`code ${id}`]);
    const { rows } = await client.query<SentQuery>(`${SENT} WHERE s.id::text = $1`, [id]);
    const state = await next(rows[0] ?? notThere(), client);
    await client.query('UPDATE code.sent SET state = $2 WHERE id = $1', [id, state]);
    return state;
  });
}

function notThere(): never {
  throw new NotFound('NO_QUERY', 'There is no such query.', { remedy: 'npx tessera dataset code list' });
}

function notTheirs(message: string): Refused {
  return new Refused('NOT_THEIRS', message);
}

function wrongState(state: CodeState): Refused {
  return new Refused(
    'WRONG_STATE',
    `The query is ${state.replace('_', ' ')}: this cannot be done with it now.`,
    {
      remedy: 'npx tessera dataset code list shows where each stands.',
    },
  );
}
