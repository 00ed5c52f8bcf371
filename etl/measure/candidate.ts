import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { PoolClient } from 'pg';
import { copyIn, copyText } from '../../src/db/copy.ts';
import type { Candidate, CandidateFigure } from '../../src/disclosure/catalogue/candidate.ts';

/** What a candidate is; the same payload is the same candidate, whoever made it and when. */
export type Payload = Omit<Candidate, 'id'>;

/** The figures come in their order. */
function candidateId({ figures, ...rest }: Payload): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([rest.knownOn, rest.factsHash, rest.linkageVersion, rest.codeVersion]));
  hash.update(JSON.stringify(Object.entries(rest.definitions).toSorted(([a], [b]) => (a < b ? -1 : 1))));
  for (const f of figures)
    hash.update(
      `${JSON.stringify([f.metric, f.version, f.tbl, f.period, f.cell, f.numerator, f.denominator, f.value, f.lower, f.upper, f.status, f.reason])}\n`,
    );
  return hash.digest('hex');
}

function inOrder(figures: readonly CandidateFigure[]): readonly CandidateFigure[] {
  return figures
    .map((figure) => ({ figure, key: [figure.metric, figure.tbl, figure.period, figure.cell].join('\n') }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ figure }) => figure);
}

export async function keepCandidate(
  client: PoolClient,
  run: string,
  made: Payload,
  { current, inputHash }: { current: boolean; inputHash: string },
): Promise<string> {
  // In the order of their key they are also stored in less time.
  const payload = { ...made, figures: inOrder(made.figures) };
  const id = candidateId(payload);
  if (current) await client.query('UPDATE measures.candidate SET current = false WHERE current');
  const { rowCount } = await client.query(
    `INSERT INTO measures.candidate (id, run_id, known_on, facts_hash, linkage_version, code_version, definitions, current)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
    [
      id,
      run,
      payload.knownOn,
      payload.factsHash,
      payload.linkageVersion,
      payload.codeVersion,
      JSON.stringify(payload.definitions),
      current,
    ],
  );
  // What changes the input need not change a figure: one candidate may be the answer to several inputs.
  await client.query('INSERT INTO measures.input VALUES ($1, $2) ON CONFLICT (input_hash) DO NOTHING', [
    inputHash,
    id,
  ]);
  if (rowCount === 1) await insertFigures(client, id, payload.figures);
  else if (current) await client.query('UPDATE measures.candidate SET current = true WHERE id = $1', [id]);
  return id;
}

const COLUMNS = [
  'metric',
  'version',
  'tbl',
  'period',
  'cell',
  'dims',
  'numerator',
  'denominator',
  'value',
  'lower',
  'upper',
  'status',
  'reason',
] as const satisfies readonly (keyof CandidateFigure)[];

async function insertFigures(
  client: PoolClient,
  id: string,
  figures: readonly CandidateFigure[],
): Promise<void> {
  await copyIn(client, 'measures.figure', ['candidate_id', ...COLUMNS], Readable.from(linesOf(id, figures)));
}

/** Some thousand lines at a time. */
function* linesOf(id: string, figures: readonly CandidateFigure[]): Generator<string> {
  for (let from = 0; from < figures.length; from += 5000)
    yield figures
      .slice(from, from + 5000)
      .map((figure) => {
        const cells = COLUMNS.map((name) =>
          copyText(name === 'dims' ? JSON.stringify(figure.dims) : figure[name]),
        );
        return `${[id, ...cells].join('\t')}\n`;
      })
      .join('');
}
