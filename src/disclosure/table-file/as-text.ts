import type { Batches } from './batches.ts';
import type { Column } from './columns.ts';

export async function* asCsv(batches: Batches, columns: readonly Column[]): AsyncGenerator<string> {
  yield `${columns.map(({ name }) => name).join(',')}\r\n`;
  for await (const batch of batches)
    yield batch
      .map((figure) => `${columns.map((column) => csvField(column.of(figure))).join(',')}\r\n`)
      .join('');
}

export function csvField(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One object with the rows as a list, a row on each line, so that a reader of lines can take it apart. */
export async function* asJson(
  batches: Batches,
  columns: readonly Column[],
  note: string | undefined,
): AsyncGenerator<string> {
  yield `{${note === undefined ? '' : `"note":${JSON.stringify(note)},`}"rows":[`;
  let first = true;
  for await (const batch of batches) {
    const rows = batch.map((figure) =>
      JSON.stringify(Object.fromEntries(columns.map((column) => [column.name, column.of(figure)]))),
    );
    yield `${first ? '\n' : ',\n'}${rows.join(',\n')}`;
    first = false;
  }
  yield '\n]}\n';
}
