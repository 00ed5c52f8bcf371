import type { Contracts } from '../../src/contracts/contracts.ts';
import type { Rule } from '../../src/contracts/term-rule.ts';
import { askedRow } from '../validate/stored/asked-row.ts';
import { conditionSql } from '../validate/stored/condition-sql.ts';
import { literal } from '../validate/stored/sql.ts';
import { daysOf, relations } from './row-days.ts';

/** The terms that say something of a young person's status, the strongest first. */
export const STATUSES = ['confirmed', 'suspected', 'at_risk', 'concern'] as const;

/** Rows of one record by which an agency says a status; they come from the rules of the terms, of every version. */
export interface StatusRows {
  readonly status: string;
  readonly record: string;
  /** Over the row `r`. */
  readonly condition: string;
  readonly decidedOn: string;
  /** The last day of the row, for statuses that last; else the day itself. */
  readonly lastsUntil: string;
}

export function statusRows(contracts: Contracts): readonly StatusRows[] {
  const found = new Map<string, StatusRows>();
  for (const status of STATUSES) {
    const term = contracts.terms.get(status);
    for (const version of [...(term?.versions ?? []), ...(term?.local ?? [])])
      for (const rows of version.rule === undefined ? [] : positiveRows(version.rule)) {
        const row = askedRow(relations(contracts), rows.record, 'r');
        const { first, last } = daysOf(contracts, rows.record, rows.on);
        const condition = conditionSql(row, rows.where, 'is in no list') ?? 'true';
        found.set(`${status} ${rows.record} ${condition}`, {
          status,
          record: rows.record,
          condition,
          decidedOn: first,
          lastsUntil: rows.when === 'open_in_period' ? last : first,
        });
      }
  }
  return [...found.values()];
}

/** What is below `not`, or belongs to another term, says nothing of this status. */
function positiveRows(rule: Rule): Extract<Rule, { kind: 'rows' }>[] {
  if (rule.kind === 'rows') return [rule];
  return rule.kind === 'all' || rule.kind === 'any' ? rule.rules.flatMap(positiveRows) : [];
}

/** Every row that says a status, of the persons in `due`; an agency's own ruling-out is kept beside them. */
export function decisionSql(contracts: Contracts): string {
  const ruledOut: StatusRows = {
    status: 'ruled_out',
    record: 'identification',
    condition: "r.status = 'ruled_out'",
    decidedOn: 'r.decided_at::date',
    lastsUntil: 'r.decided_at::date',
  };
  const parts = [...statusRows(contracts), ruledOut].map(
    ({ status, record, condition, decidedOn, lastsUntil }) => {
      const own = record === 'identification';
      const column = (name: string): string => (own ? `r.${name}` : 'NULL::text');
      return `
        SELECT r.person_id, ${decidedOn} AS decided_on, ${lastsUntil} AS lasts_until, ${literal(status)} AS status,
          ${own ? 'coalesce(r.decided_by_system, s.system)' : 's.system'} AS system, r.agency, r.county,
          ${literal(record)} AS record, r.record_id, ${column('residence_county')} AS residence_county,
          ${column('responsible_county')} AS responsible_county, ${column('exploitation_county')} AS exploitation_county
        FROM ${record} r JOIN due_person USING (person_id) JOIN agency_system s ON s.agency = r.agency
        WHERE ${condition}`;
    },
  );
  return `INSERT INTO decision ${parts.join(' UNION ALL ')}`;
}
