import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CopyBuffer } from '../../../etl/validate/copy-buffer.ts';
import type { Circumstances } from '../../../etl/validate/field/compile-fields.ts';
import { compileRowValidator } from '../../../etl/validate/row-validator.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { recordNamed } from '../../../src/contracts/lookup.ts';
import { batchOf, hexSurrogate } from './batches.ts';
import { plainlyValidate } from './plain-validator.ts';
import { files } from './random-rows.ts';

const contracts = loadContracts();
const DAY = '2026-06-30';
const sentRecords = [...contracts.records.values()].filter((record) => record.subject !== 'delivery');

function circumstancesOf(agency: string): Circumstances {
  return {
    agency,
    system: contracts.mappings.get(agency)?.system ?? 'cross_system',
    asOf: `${DAY}T22:00:00-07:00`,
    minorConsentServices: agency.endsWith('1'),
    writeSurrogate: hexSurrogate,
    surrogateBytes: 200,
  };
}

describe('on random rows the validator agrees with a plain one', () => {
  test.each(sentRecords.map((record) => record.name))('%s', (name) => {
    const record = recordNamed(contracts, name);
    const deliveries = [...contracts.mappings.keys(), 'XX-9'].map((agency) => {
      const circumstances = circumstancesOf(agency);
      return files(contracts, record, agency, circumstances.system, DAY).map((file) => ({
        circumstances,
        file,
      }));
    });
    fc.assert(
      fc.property(fc.oneof(...deliveries), ({ circumstances, file }) => {
        const validator = compileRowValidator(contracts, record, circumstances);
        const opened = validator.open('rows.csv', file.header);
        const out = new CopyBuffer(16);
        const outcome = opened.validate(batchOf(file.rows, file.header.length), out);
        const plain = plainlyValidate(contracts, record, circumstances, file.header, file.rows);
        const isShape = (rule: string): boolean => rule === 'Q001' || rule === 'Q305';
        expect({
          lines: out.written().toString().split('\n').slice(0, -1),
          rejects: outcome.rejects.map(({ line, rule, column }) =>
            isShape(rule) ? `${line} ${rule} ${column}` : `${line} ${rule}`,
          ),
          findings: outcome.findings.map(({ line, rule }) => `${line} ${rule}`),
        }).toEqual(plain);
        expect(outcome.accepted).toBe(plain.lines.length);
        expect(opened.tally.accepted + opened.tally.rejected).toBe(file.rows.length);
      }),
      { numRuns: 12 },
    );
  });
});
