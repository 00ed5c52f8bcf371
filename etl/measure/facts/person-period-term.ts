import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { TermVersion } from '../../../src/contracts/term.ts';
import { literal } from '../../validate/stored/sql.ts';
import { ruleOf, ruleSql } from '../term-sql.ts';
import { changedIn, factRecords } from './record-rows.ts';

/**
 * Every term with a rule, for every young person and period: by its shared version in force at the end of the period,
 * or in a wanted earlier version, and by each county that has a rule of its own. A term is asked again of those of whom
 * a row changed that it may rest on, and of those whose decisions or birth may put them into other periods.
 */
export function termSql(contracts: Contracts): readonly string[] {
  const asked = [...contracts.terms.values()].flatMap((term) => {
    const shared = term.versions.map((version) => ({ term, version, protocol: 'shared' }));
    const local = term.local.map((version) => ({ term, version, protocol: version.county }));
    return [...shared, ...local].filter(({ version }) => version.rule !== undefined);
  });
  const held = new Held();
  const questions = asked.map(({ term, version, protocol }) => ({
    term: term.name,
    version,
    protocol,
    sql: ruleSql(contracts, ruleOf(version), (name) => versionBeside(contracts, name, version), held.named),
  }));
  const terms = Map.groupBy(questions, ({ term }) => term);
  return [
    ...held.tables(),
    ...[...terms].flatMap(([term, versions]) => {
      const spelledOut = versions.map(({ sql }) => held.spelledOut(sql));
      const again = changedIn([...new Set(['decision', 'person', ...recordsNamedIn(contracts, spelledOut)])]);
      return [
        `DELETE FROM person_period_term WHERE term = ${literal(term)} AND person_id IN (${again})`,
        ...versions.map(
          ({ version, protocol, sql }) => `
        INSERT INTO person_period_term (person_id, period, term, version, protocol)
        SELECT g.person_id, g.period, ${literal(term)}, ${version.version}, ${literal(protocol)} FROM grid g
        WHERE g.ends >= ${literal(version.effectiveFrom)}::date AND g.ends <= ${literal(version.effectiveTo ?? 'infinity')}::date
          AND g.person_id IN (${again}) AND (${held.asTable(sql) ?? sql})`,
        ),
      ];
    }),
  ];
}

/** What terms ask of other terms, worked out once for each young person and period, and then looked up. */
class Held {
  readonly #questions: string[] = [];

  /** In the place of a question that a term asks in its own words. What it asks in turn was named before it. */
  readonly named = (sql: string): string => {
    if (!this.#questions.includes(sql)) this.#questions.push(sql);
    return this.asTable(sql) ?? sql;
  };

  asTable(sql: string): string | undefined {
    const at = this.#questions.indexOf(sql);
    return at === -1 ? undefined : `(g.person_id, g.period) IN (SELECT person_id, period FROM held_${at})`;
  }

  tables(): string[] {
    return this.#questions.map(
      (sql, at) =>
        `CREATE TEMPORARY TABLE held_${at} ON COMMIT DROP AS SELECT g.person_id, g.period FROM grid g WHERE ${sql}; ANALYZE held_${at}`,
    );
  }

  spelledOut(sql: string): string {
    return sql.replaceAll(/\bheld_(\d+)/g, (_, at: string) =>
      this.spelledOut(this.#questions[Number(at)] ?? ''),
    );
  }
}

/** Whatever record is so much as named: by one too many a row is made anew in vain, by one too few it would be wrong. */
function recordsNamedIn(contracts: Contracts, statements: readonly string[]): string[] {
  return factRecords(contracts)
    .map(({ record }) => record)
    .filter((record) => statements.some((sql) => new RegExp(`\\b${record}\\b`).test(sql)));
}

/** The version of another term that goes with a version: the one in force when it is, else the newest. */
function versionBeside(contracts: Contracts, name: string, beside: TermVersion): TermVersion {
  const versions = contracts.terms.get(name)?.versions ?? [];
  const on = beside.effectiveTo ?? '9999-12-31';
  const found =
    versions.find((one) => one.effectiveFrom <= on && (one.effectiveTo ?? '9999-12-31') >= on) ??
    versions.at(-1);
  if (found === undefined) throw new Error(`there is no term ${name}`);
  return found;
}
