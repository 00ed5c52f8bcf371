/** The starter kits meet the validator that an agency's own files will meet. */
import { expect, test } from 'vitest';
import type { Batch } from '../../../etl/receive/batch.ts';
import { CopyBuffer } from '../../../etl/validate/copy-buffer.ts';
import { compileRowValidator } from '../../../etl/validate/row-validator.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { recordNamed } from '../../../src/contracts/lookup.ts';
import { starterKit } from '../../../src/contracts/template/kit.ts';

const contracts = loadContracts();

function batchOf(lines: readonly string[]): Batch {
  const cells = lines.map((line) => line.split(','));
  const columns = cells[0]?.length ?? 0;
  const starts = new Int32Array(cells.length * columns);
  const ends = new Int32Array(cells.length * columns);
  let length = 0;
  for (const [at, cell] of cells.flat().entries()) {
    starts[at] = length;
    length += Buffer.byteLength(cell);
    ends[at] = length;
  }
  const bytes = Buffer.from(cells.flat().join(''));
  return {
    bytes,
    rows: cells.length,
    columns,
    starts,
    ends,
    lines: Int32Array.from(cells, (_, row) => row + 2),
  };
}

test.each([...contracts.mappings.values()].map((mapping) => [mapping.agency, mapping.system] as const))(
  'every row of the example of %s is accepted',
  (agency, system) => {
    const circumstances = {
      agency,
      system,
      asOf: '2026-01-16T08:00:00Z',
      minorConsentServices: false,
      writeSurrogate: (bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number) => {
        out.set(bytes.subarray(start, end), at);
        return at + end - start;
      },
      surrogateBytes: 64,
    };
    const kit = [...starterKit(contracts, { agency })].filter(([file]) => /^example\/.*\.csv$/.test(file));
    for (const [file, content] of kit) {
      const text = String(content);
      const record = recordNamed(contracts, file.slice('example/'.length, -'.csv'.length));
      const [head = '', ...lines] = text.trimEnd().split('\r\n');
      const validator = compileRowValidator(contracts, record, circumstances).open(file, head.split(','));
      const outcome = validator.validate(batchOf(lines), new CopyBuffer());
      expect(outcome.rejects, file).toEqual([]);
      expect(outcome.findings, file).toEqual([]);
      expect(outcome.accepted, file).toBe(3);
    }
  },
);
