/** A report from its draft to its correction, as its people meet it over the API: who may do what, and what is kept. */
import { createHash } from 'node:crypto';
import { strFromU8 } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { filesOfEdition } from '../../src/app/make-edition.ts';
import { transaction } from '../../src/db/transaction.ts';
import { withdrawRelease } from '../../src/disclosure/release/verify-release.ts';
import { draftsAfterRelease } from '../../src/reports/open-draft.ts';
import { testDatabase } from '../support/database.ts';
import { fips, madeUpState } from '../support/made-up-candidate.ts';
import { release, storeCandidate } from '../support/released.ts';
import { testServer } from '../support/server.ts';

const database = testDatabase();
const server = testServer(database);
const night = madeUpState({ seed: 9, counties: 3, largest: 80, years: [2024], only: ['identified'] });
const [own, other] = [fips(0), fips(1)];
const tokens: Record<string, string> = {};

beforeAll(async () => {
  await storeCandidate(await database.as('measurer'), night.candidate);
  await release(await database.as('publisher'), night, '2024');
  const token = (role: string, county?: string, purposes?: readonly string[]): Promise<string> =>
    server.token({ role, ...(county === undefined ? {} : { county }), ...(purposes ? { purposes } : {}) });
  tokens['author'] = await token('party-author', own);
  tokens['member'] = await token('committee-member', own);
  tokens['second'] = await token('committee-member', own, ['state_report']);
  tokens['counsel'] = await token('county-counsel', own);
  tokens['stranger'] = await token('committee-member', other);
  tokens['steward'] = await token('steward');
}, 180_000);

interface Edition {
  readonly id: string;
  readonly report: string;
  readonly county: string | null;
  readonly number: number;
  readonly state: string;
  readonly steps: readonly { readonly step: string; readonly name: string | null }[];
  readonly files: readonly { readonly address: string; readonly sha256: string; readonly format: string }[];
}

const FIELDS = 'id report county number state steps { step name } files { address sha256 format }';

async function ask<T>(who: string | undefined, query: string, variables: object = {}): Promise<T> {
  const token = who === undefined ? {} : { token: tokens[who] ?? '' };
  const { data, errors } = await server.ask(query, { ...token, variables });
  const [value] = Object.values(data ?? {});
  if (errors !== undefined) throw new Error(errors[0]?.extensions.code);
  return value as T;
}

const editions = async (who: string | undefined, place = own): Promise<readonly Edition[]> =>
  (
    await ask<{ nodes: readonly Edition[] }>(
      who,
      `{ reports(report: ANNUAL, place: "${place}") { nodes { ${FIELDS} } } }`,
    )
  ).nodes;
const act = (who: string, name: string, id: string, more = ''): Promise<Edition> =>
  ask(who, `mutation { ${name}(id: "${id}"${more}) { ${FIELDS} } }`);
const enter = (who: string, words: string, more: object = {}): Promise<{ id: string; version: number }> =>
  ask(
    who,
    `mutation ($input: ReportTextInput!, $key: String!) {
      enterReportText(input: $input, idempotencyKey: $key) { id version } }`,
    {
      key: words,
      input: { kind: 'PRACTICE', county: own, year: '2024', party: 'PA.PRB', language: 'en', words, ...more },
    },
  );
const signOff = (who: string, { id, version }: { id: string; version: number }): Promise<unknown> =>
  ask(who, `mutation { signOffReportText(id: "${id}", version: ${version}) { version } }`);
const stepsOf = ({ steps }: Edition): string[] => steps.map(({ step }) => step);
const files = async (id: string): ReturnType<typeof filesOfEdition> =>
  filesOfEdition(await database.as('api'), id);
const page = async (address: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(`${server.url}${address}`)).arrayBuffer());

test('a final release brings drafts for the state and for each county that took part, once', async () => {
  const publisher = await database.as('publisher');
  const [first, again] = [await draftsAfterRelease(publisher), await draftsAfterRelease(publisher)];
  // Three counties, and the state's report and brief.
  expect([first, again]).toEqual([5, 0]);
  expect((await editions('steward', 'state')).map(({ state, number }) => [state, number])).toEqual([
    ['draft', 1],
  ]);
});

describe('a draft', () => {
  test('is seen by its own county and the steward, and by nobody else', async () => {
    for (const who of ['author', 'member', 'counsel', 'steward']) expect(await editions(who)).toHaveLength(1);
    for (const who of ['stranger', undefined]) expect(await editions(who)).toEqual([]);
    const [draft] = await editions('steward');
    for (const name of ['submitReport', 'approveReport'])
      await expect(act('stranger', name, draft?.id ?? '')).rejects.toThrow('NOT_FOUND');
    await expect(
      ask(
        'stranger',
        `mutation { openReport(input: {report: ANNUAL, county: "${own}", year: "2024"}) { id } }`,
      ),
    ).rejects.toThrow('NOT_FOUND');
    // The state's is no county's, whoever leaves the county out.
    await expect(
      ask('member', 'mutation { openReport(input: {report: ANNUAL, year: "2023"}) { id } }'),
    ).rejects.toThrow('NOT_FOUND');
  });

  test('gets texts from parties, which others sign off, and a changed text waits again', async () => {
    const text = await enter('author', 'One officer stays through every court date.');
    await expect(signOff('author', text)).rejects.toThrow('NOT_FOUND');
    await expect(signOff('stranger', text)).rejects.toThrow('NOT_FOUND');
    const changed = await enter('author', 'One officer stays with a young person.', text);
    await expect(signOff('member', text)).rejects.toThrow('CHANGED_MEANWHILE');
    await signOff('member', changed);
    const words = 'What we built.\n\n## Where\n\n- A house\n- A line\n\n> To be read first.';
    await signOff('member', await enter('author', words, { kind: 'CHAPTER', title: 'Our own chapter' }));
    await enter('author', 'This one waits.', { kind: 'BARRIER' });
    await expect(enter('stranger', 'Not ours.')).rejects.toThrow('NOT_FOUND');
  });
});

describe('in review', () => {
  test('its files are made of what was frozen, and two people approve them; then it is everybody’s', {
    timeout: 180_000,
  }, async () => {
    const [draft] = await editions('member');
    const id = draft?.id ?? '';
    await act(
      'author',
      'commentOnReport',
      id,
      ', words: "The barrier is not signed off.", idempotencyKey: "c"',
    );
    await act(
      'author',
      'commentOnReport',
      id,
      ', words: "The barrier is not signed off.", idempotencyKey: "c"',
    );
    await act('member', 'submitReport', id);
    await expect(act('member', 'submitReport', id)).rejects.toThrow('IN_REVIEW');
    await expect(act('member', 'approveReport', id)).rejects.toThrow('FILES_NOT_MADE');
    await act('counsel', 'returnReport', id, ', words: "Say who built it."');
    await act('member', 'submitReport', id);
    // Entered after it was put to review: not printed.
    await signOff('member', await enter('author', 'Entered too late.', { kind: 'STRATEGY' }));
    const made = await files(id);
    expect(made).toHaveLength(10);
    expect((await act('member', 'approveReport', id)).state).toBe('review');
    expect((await act('member', 'approveReport', id)).state).toBe('review');
    await expect(act('author', 'approveReport', id)).rejects.toThrow('NOT_FOUND');
    expect(await editions(undefined)).toEqual([]);
    const published = await act('second', 'approveReport', id);
    expect(published.state).toBe('published');
    expect(stepsOf(published).join(' ')).toBe(
      'opened commented submitted returned submitted made approved approved published',
    );

    const [seen] = await editions(undefined);
    expect([seen?.id, seen?.steps]).toEqual([id, []]);
    expect(seen?.files.map(({ sha256 }) => sha256)).toEqual(made.map(({ sha256 }) => sha256));
    for (const { address, sha256 } of seen?.files ?? [])
      expect(
        createHash('sha256')
          .update(await page(address))
          .digest('hex'),
      ).toBe(sha256);
    const html = strFromU8(await page(seen?.files.find(({ format }) => format === 'html')?.address ?? ''));
    for (const told of ['Edition 1.', 'One officer stays with a young person.', 'Our own chapter', 'A house'])
      expect(html).toContain(told);
    expect(html).toContain('has not been signed off');
    for (const kept of ['This one waits.', 'Entered too late.', '## Where']) expect(html).not.toContain(kept);
  });

  test('is done by a job of the hub, once for each round', async () => {
    const jobs = await transaction(
      await database.as('api'),
      async ({ client }) =>
        (
          await client.query<{ round: number }>(
            `SELECT (arguments ->> 'round')::int AS round FROM ops.asked_job WHERE job = 'report' ORDER BY asked_at`,
          )
        ).rows,
      { county: own },
    );
    expect(jobs.map(({ round }) => round)).toEqual([1, 2]);
  });
});

describe('what is published', () => {
  test('is never changed, by whatever right', async () => {
    const [edition] = await editions('member');
    const id = edition?.id ?? '';
    await expect(act('member', 'commentOnReport', id, ', words: "w", idempotencyKey: "d"')).rejects.toThrow(
      'PUBLISHED',
    );
    await expect(act('member', 'submitReport', id)).rejects.toThrow('PUBLISHED');
    await expect(files(id)).rejects.toThrow(/in review/);
    for (const duty of ['api', 'owner'] as const)
      for (const change of [
        `UPDATE report.edition SET release_number = 1 WHERE id = '${id}'`,
        `DELETE FROM report.file WHERE edition_id = '${id}'`,
      ])
        await expect(
          transaction(await database.as(duty), ({ client }) => client.query(change), { county: '*' }),
        ).rejects.toThrow(/never changed/);
  });

  test('is corrected by a next edition, which says what it corrects', { timeout: 180_000 }, async () => {
    const open = (because: string): Promise<Edition> =>
      ask(
        'member',
        `mutation { openReport(input: {report: ANNUAL, county: "${own}", year: "2024", because: "${because}"}) { ${FIELDS} } }`,
      );
    await expect(open(' ')).rejects.toThrow('BECAUSE');
    const second = await open('A strategy came late.');
    expect([second.number, second.state]).toEqual([2, 'draft']);
    expect((await open('A strategy came late.')).id).toBe(second.id);
    await act('member', 'submitReport', second.id);
    await files(second.id);
    await act('member', 'approveReport', second.id);
    await act('steward', 'approveReport', second.id);
    const [newest, first] = await editions(undefined);
    expect([newest?.number, first?.number]).toEqual([2, 1]);
    const html = strFromU8(await page(newest?.files.find(({ format }) => format === 'html')?.address ?? ''));
    for (const told of [
      'Edition 2, which corrects edition 1 and takes its place.',
      'What this edition corrects',
      'The reason: A strategy came late.',
      'A text of Probation was added.',
      'No figure says anything else than it did.',
      'Entered too late.',
    ])
      expect(html).toContain(told);
  });
});

test('no files are made of a release that was withdrawn meanwhile, and lists say that it was', async () => {
  const [draft] = await editions('stranger', other);
  const id = draft?.id ?? '';
  await act('stranger', 'submitReport', id);
  await withdrawRelease(await database.as('publisher'), 1, 'a test');
  await expect(files(id)).rejects.toThrow(/withdrawn/);
  const [seen] = await ask<{ nodes: { releaseState: string }[] }>(
    undefined,
    `{ reports(place: "${own}") { nodes { releaseState } } }`,
  ).then(({ nodes }) => nodes);
  expect(seen?.releaseState).toBe('withdrawn');
});
