import type { Contracts } from '../../src/contracts/contracts.ts';
import { recordNamed } from '../../src/contracts/lookup.ts';
import { standsFor } from '../validate/rule/row-layout.ts';
import { askedRow, type StoredRows, spanOf } from '../validate/stored/asked-row.ts';
import { day } from '../validate/stored/sql.ts';

/** Rows of facts lie under the bare name of their record. */
export function relations(contracts: Contracts): StoredRows {
  return { contracts, relation: (record) => record, persons: '', deliveries: '', asOf: '' };
}

/** First and last day of the row `r`, or the one day by which a rule places it. A row without a day of its own, such as a diagnosis, has that of the row it belongs to. */
export function daysOf(contracts: Contracts, name: string, on?: string): { first: string; last: string } {
  const record = recordNamed(contracts, name);
  if (on !== undefined) {
    const placed = day(askedRow(relations(contracts), name, 'r').time(on));
    return { first: placed, last: placed };
  }
  if (standsFor(record, '$start') !== undefined) return spanOf(askedRow(relations(contracts), name, 'r'));
  const key = record.foreignKeys.find((candidate) =>
    standsFor(recordNamed(contracts, candidate.record), '$start'),
  );
  if (key === undefined) return { first: 'r.effective_date', last: 'r.effective_date' };
  const parent = askedRow(relations(contracts), key.record, 'parent');
  const own = key.fields.find((field) => field !== 'source_agency') ?? '';
  const first = `(SELECT ${day(parent.time('$start'))} FROM ${key.record} parent WHERE parent.person_id = r.person_id AND parent.agency = r.agency AND parent.record_id = r.${own})`;
  return { first, last: first };
}
