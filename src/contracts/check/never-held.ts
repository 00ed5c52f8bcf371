import type { Code } from '../code-list.ts';
import type { Contracts } from '../contracts.ts';
import { betrayedTopic } from '../lookup.ts';
import type { NeverHeld } from '../never-held.ts';
import { type Problem, problem } from '../problem.ts';
import type { Field, RecordType } from '../record.ts';

/** What may not be known about one young person is not let in by any field, code or need. */
export function checkNeverHeld(contracts: Contracts): Problem[] {
  const personal = [...contracts.records.values()].filter((record) => record.subject === 'person');
  const lists = new Set(personal.flatMap((record) => record.fields.flatMap((field) => field.codes ?? [])));
  return [
    ...[...contracts.records.values()].flatMap((record) =>
      record.fields.flatMap((field) => checkColumn(contracts, record, field)),
    ),
    ...[...lists].flatMap((name) =>
      (contracts.codeLists.get(name)?.codes ?? []).flatMap((code) => checkCode(contracts, name, code)),
    ),
    ...checkCompany(contracts),
  ];
}

function checkColumn(contracts: Contracts, record: RecordType, field: Field): Problem[] {
  if (field.never !== undefined || record.subject === 'aggregate' || record.subject === 'governance')
    return [];
  const topic = betrayedTopic(contracts, field.name, record.system);
  const where = `${record.name}.${field.name}`;
  if (topic === undefined || isException(contracts, topic, where)) return [];
  return [
    problem(
      'NEVER_HELD',
      field.place,
      `${where} reads like ${topic}, which is never held about one young person`,
    ),
  ];
}

function checkCode(contracts: Contracts, list: string, code: Code): Problem[] {
  if (code.never !== undefined) return [];
  const where = `${list}.${code.code}`;
  return [...contracts.neverHeld.values()]
    .filter((never) => betrays(never, list, code))
    .filter((never) => !isException(contracts, never.topic, where))
    .map((never) =>
      problem(
        'NEVER_HELD',
        code.place,
        `${where} reads like ${never.topic}, which is never held about one young person`,
      ),
    );
}

function betrays(never: NeverHeld, list: string, code: Code): boolean {
  const label = code.label.toLowerCase();
  return (
    never.labels.some((words) => label.includes(words)) ||
    never.codes.some((pattern) => pattern.list === list && new RegExp(pattern.pattern).test(code.code))
  );
}

function isException(contracts: Contracts, topic: string, where: string): boolean {
  return contracts.neverHeld.get(topic)?.exceptions.some((exception) => exception.of === where) ?? false;
}

/** How many ordinary needs must share the broader need that stands for a sensitive one. */
const COMPANY = 2;

/**
 * A broader need that only sensitive ones are held as says as much as they do. So it also stands for ordinary
 * needs: at least two, and no fewer than the sensitive.
 */
function checkCompany(contracts: Contracts): Problem[] {
  const rolledUp = [...contracts.needs.nodes.values()].filter((need) => need.heldAs !== undefined);
  const tops = rolledUp.filter((need) => contracts.needs.nodes.get(need.parent ?? '')?.heldAs === undefined);
  return [...new Set(tops.map((need) => need.heldAs ?? ''))].flatMap((broader) => {
    const sharing = tops.filter((need) => need.heldAs === broader);
    const sensitive = sharing.filter((need) => need.never !== undefined);
    const ordinary = sharing.length - sensitive.length;
    const [first] = sensitive;
    if (first === undefined || ordinary >= Math.max(COMPANY, sensitive.length)) return [];
    return [
      problem(
        'NEVER_HELD',
        first.place,
        `${broader} gives ${first.code} away: too few ordinary needs are held as it`,
      ),
    ];
  });
}
