import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { PERSON_LINKAGE_COLUMNS } from '../../../etl/encode/batch.ts';
import { personColumns } from '../../../etl/encode/columns.ts';
import { encodeFile, readHeader } from '../../../etl/encode/encode-file.ts';
import { newKey } from '../../../etl/encode/key.ts';
import { personLayout } from '../../../etl/encode/layout.ts';

interface Field {
  readonly name: string;
  readonly constraints?: {
    readonly required?: boolean;
    readonly pattern?: string;
    readonly minLength?: number;
    readonly maxLength?: number;
  };
}

const record = parse(readFileSync('schema/records/all/person_linkage.yaml', 'utf8')) as { fields: Field[] };
const common = parse(readFileSync('schema/records/common.yaml', 'utf8')) as {
  keys: { set: string; fields: Field[] }[];
};
const fields = [...(common.keys.find(({ set }) => set === 'row')?.fields ?? []), ...record.fields];

const OPTIONAL = new Set(['tokens', 'filters']);

test.each([true, false])(
  'what the encoder writes keeps the contract of person_linkage, named: %s',
  async (named) => {
    const folder = mkdtempSync(join(tmpdir(), 'tessera-contract-'));
    const [input, output] = [join(folder, 'in.csv'), join(folder, 'out.csv')];
    writeFileSync(input, 'person_id,given_name,surname,birth_date\n17,Ana,Diaz,3/9/2009\n18,,,\n');
    const header = readHeader(input);
    await encodeFile(
      input,
      output,
      {
        mode: 'field',
        layout: personLayout,
        dateOrder: 'mdy',
        key: newKey('contract'),
        agency: 'PROB-1',
        named,
        county: '06037',
        madeAt: '2026-01-16T08:00:00.000Z',
        columns: personColumns(header, personLayout),
        width: header.length,
      },
      1,
    );
    const [columns = [], ...rows] = readFileSync(output, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(columns).toEqual([...PERSON_LINKAGE_COLUMNS]);
    expect(rows.length).toBe(2);
    for (const row of rows) {
      columns.forEach((column, i) => {
        const {
          pattern = '.*',
          minLength = 0,
          maxLength = 1e9,
        } = fields.find(({ name }) => name === column)?.constraints ?? {};
        expect(fields.map(({ name }) => name)).toContain(column);
        // A young person of whom nothing is known has no token to name.
        if (row[i] === '' && OPTIONAL.has(column)) return;
        expect(row[i]).toMatch(new RegExp(`^(?:${pattern})$`));
        expect(row[i]?.length).toBeGreaterThanOrEqual(minLength);
        expect(row[i]?.length).toBeLessThanOrEqual(maxLength);
      });
    }
    const required = fields.filter((field) => field.constraints?.required === true).map(({ name }) => name);
    expect(required.filter((name) => !columns.includes(name))).toEqual([]);
  },
);
