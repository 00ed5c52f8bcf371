import { once } from 'node:events';
import { createWriteStream, mkdirSync, type WriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { LinkFilesResult } from './link-files.ts';
import { probability, weightAt } from './model.ts';
import { derivePersonId } from './person-id.ts';
import { scoresPicture, unlinkablesPicture, waterfallPicture, weightsPicture } from './pictures.ts';
import { unlinkables } from './quality.ts';
import { Scorer } from './score.ts';
import { recordKey } from './table.ts';

/** The links with their levels of agreement: words and weights, never a value. */
export async function writeLinks(linked: LinkFilesResult, file: string): Promise<void> {
  const { table, result, threshold } = linked;
  const scorer = new Scorer(table, result.model);
  const least = weightAt(threshold);
  const names = linked.fields.map(({ name }) => name);
  await writeLines(
    file,
    ['left_source', 'left_id', 'right_source', 'right_id', 'weight', 'probability', ...names],
    function* () {
      for (let i = 0; i < result.edges.weight.length; i++) {
        const weight = result.edges.weight[i] as number;
        if (weight < least) continue;
        const [a, b] = [result.edges.a[i] as number, result.edges.b[i] as number];
        const { steps } = scorer.waterfall(a, b);
        yield [
          ...nameOf(linked, a),
          ...nameOf(linked, b),
          weight.toFixed(3),
          probability(weight).toFixed(6),
          ...steps.map(({ level }) => level),
        ];
      }
    },
  );
}

const CLUSTER_COLUMNS = ['source', 'id', 'person_id'];

/** Every record with the id of its cluster, as CSV or, by the file's name, as Parquet. */
export async function writeClusters(linked: LinkFilesResult, file: string): Promise<void> {
  if (!file.endsWith('.parquet')) {
    await writeLines(file, CLUSTER_COLUMNS, () => clusterRows(linked));
    return;
  }
  const { parquetWriteFile } = await import('hyparquet-writer');
  const columns: string[][] = CLUSTER_COLUMNS.map(() => []);
  for (const row of clusterRows(linked)) row.forEach((cell, i) => columns[i]?.push(cell));
  parquetWriteFile({
    filename: file,
    columnData: CLUSTER_COLUMNS.map((name, i) => ({ name, type: 'STRING', data: columns[i] ?? [] })),
  });
}

function* clusterRows(linked: LinkFilesResult): Iterable<readonly string[]> {
  const { table, result } = linked;
  const { of } = result.clusters;
  const left = new Uint32Array(table.count);
  for (const root of of) left[root] = (left[root] as number) + 1;
  // Ids of persons whose records are not all written yet; nearly everybody has one record or their next one is near.
  const ids = new Map<number, string>();
  for (let record = 0; record < table.count; record++) {
    const root = of[record] as number;
    // The root is the first record of its cluster, so it names it.
    const person = ids.get(root) ?? derivePersonId([recordKey(table, root)]);
    left[root] = (left[root] as number) - 1;
    if (left[root] === 0) ids.delete(root);
    else ids.set(root, person);
    yield [...nameOf(linked, record), person];
  }
}

/** The weights, the spread of the pairs, the unlinkable records, and the pair that only just was linked. */
export function writePictures({ table, result, threshold }: LinkFilesResult, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const least = weightAt(threshold);
  const save = (name: string, picture: string): void => writeFileSync(join(folder, `${name}.svg`), picture);
  save('weights', weightsPicture(result.model));
  save('scores', scoresPicture(result.edges, least));
  save('unlinkables', unlinkablesPicture(unlinkables(table, result.model, [0.5, 0.9, 0.99, 0.999])));
  let nearest = -1;
  result.edges.weight.forEach((weight, i) => {
    if (weight >= least && (nearest === -1 || weight < (result.edges.weight[nearest] as number))) nearest = i;
  });
  if (nearest === -1) return;
  const scorer = new Scorer(table, result.model);
  const { prior, steps } = scorer.waterfall(
    result.edges.a[nearest] as number,
    result.edges.b[nearest] as number,
  );
  save('waterfall', waterfallPicture(prior, steps));
}

function nameOf({ table, ids }: LinkFilesResult, record: number): [string, string] {
  const source = table.sources[table.source[record] as number] ?? '';
  return [source, ids[record] ?? recordKey(table, record).slice(source.length + 1)];
}

async function writeLines(
  file: string,
  header: readonly string[],
  rows: () => Iterable<readonly string[]>,
): Promise<void> {
  const stream = createWriteStream(file, { mode: 0o600 });
  const end = finished(stream);
  let text = `${header.map(quote).join(',')}\n`;
  for (const row of rows()) {
    text += `${row.map(quote).join(',')}\n`;
    if (text.length < 1 << 16) continue;
    await put(stream, text);
    text = '';
  }
  stream.end(text);
  await end;
}

async function put(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
