import { closeSync, createReadStream, existsSync, openSync, readSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Misuse, Refused } from '../../src/errors.ts';
import { type EncodedBatch, linkageColumns, type Plan } from './batch.ts';
import { batches, decodeText, parseCsv } from './csv.ts';
import type { Outcome } from './normalise.ts';
import { encodeBatches } from './pool.ts';

const BATCH_BYTES = 1 << 18;

export interface EncodeReport {
  readonly rows: number;
  readonly encoded: number;
  readonly withoutId: number;
  /** By field: counts, never values. */
  readonly outcomes: Readonly<Record<string, Record<Outcome, number>>>;
}

/** The first row of a CSV file, which must be a header. */
export function readHeader(file: string): readonly string[] {
  if (!existsSync(file)) throw new Misuse('INPUT', `there is no file ${file}`);
  const bytes = Buffer.alloc(65_536);
  const descriptor = openSync(file, 'r');
  const length = readSync(descriptor, bytes);
  closeSync(descriptor);
  const end = bytes.subarray(0, length).indexOf(10);
  const line = decodeText(bytes.subarray(0, end === -1 ? length : end), 1);
  const header = parseCsv(line.replace(/^\uFEFF/, '')).rows[0];
  if (header === undefined) throw new Refused('CSV_EMPTY', `${file} is empty; it must have a header`);
  return header;
}

/**
 * Streams a CSV file through the encoder. The output appears under its name only when it is whole; nothing is
 * written in a dry run; the input is read once and never copied.
 */
export async function encodeFile(
  input: string,
  output: string | undefined,
  plan: Plan,
  threads: number,
): Promise<EncodeReport> {
  const rows = withoutHeader(batches(createReadStream(input, { highWaterMark: BATCH_BYTES }), BATCH_BYTES));
  const partial = output === undefined ? undefined : `${output}.partial`;
  const sink = partial === undefined ? undefined : await open(partial, 'w', 0o600);
  const report = new Tally(plan);
  const isClk = plan.mode === 'clk';
  try {
    await sink?.write(plan.mode === 'clk' ? '{"clks":[' : `${linkageColumns(plan).join(',')}\n`);
    let written = 0;
    for await (const batch of encodeBatches(plan, rows, threads)) {
      report.add(batch);
      if (sink === undefined || batch.text.length === 0) continue;
      if (isClk && written++ > 0) await sink.write(',');
      await sink.writeFile(batch.text);
    }
    if (isClk) await sink?.write(']}\n');
  } catch (error) {
    await sink?.close();
    if (partial !== undefined) await rm(partial, { force: true });
    throw error;
  }
  await sink?.close();
  if (partial !== undefined && output !== undefined) await rename(partial, output);
  return report.close();
}

async function* withoutHeader(
  source: AsyncIterable<{ bytes: Uint8Array; firstLine: number }>,
): AsyncGenerator<{ bytes: Uint8Array; firstLine: number }> {
  let first = true;
  for await (const { bytes, firstLine } of source) {
    if (first) {
      const end = bytes.indexOf(10);
      first = false;
      if (end !== -1 && end + 1 < bytes.length) yield { bytes: bytes.subarray(end + 1), firstLine: 2 };
    } else yield { bytes, firstLine };
  }
}

class Tally {
  #rows = 0;
  #withoutId = 0;
  readonly #outcomes: Record<string, Record<Outcome, number>> = {};
  readonly #fields: readonly string[];

  constructor(plan: Plan) {
    this.#fields = plan.mode === 'field' ? plan.layout.fields.map(({ name }) => name) : [];
    for (const name of this.#fields)
      this.#outcomes[name] = { present: 0, empty: 0, placeholder: 0, malformed: 0 };
  }

  add(batch: EncodedBatch): void {
    this.#rows += batch.rows;
    this.#withoutId += batch.withoutId;
    batch.outcomes.forEach((counts, i) => {
      const sum = this.#outcomes[this.#fields[i] ?? ''];
      if (sum === undefined) return;
      for (const outcome of Object.keys(counts) as Outcome[]) sum[outcome] += counts[outcome];
    });
  }

  close(): EncodeReport {
    return {
      rows: this.#rows,
      encoded: this.#rows - this.#withoutId,
      withoutId: this.#withoutId,
      outcomes: this.#outcomes,
    };
  }
}
