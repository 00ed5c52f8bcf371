import type { Condition } from '../condition.ts';
import type { Contracts } from '../contracts.ts';
import { type Place, type Problem, problem } from '../problem.ts';
import type { Field, RecordType } from '../record.ts';

/** Finds a field of a record, or through a foreign key of it a field of another: `cw_referral.closed_date`. */
export function resolveField(contracts: Contracts, record: RecordType, path: string): Field | undefined {
  const dot = path.indexOf('.');
  if (dot < 0) return record.fields.find((field) => field.name === path);
  const target = record.foreignKeys.find((key) => key.record === path.slice(0, dot));
  const other = target === undefined ? undefined : contracts.records.get(target.record);
  return other?.fields.find((field) => field.name === path.slice(dot + 1));
}

/** Every field of a condition exists, and every code that it names is a code of that field. */
export function checkCondition(
  contracts: Contracts,
  record: RecordType,
  condition: Condition | undefined,
  of: string,
): Problem[] {
  return Object.entries(condition?.fields ?? {}).flatMap(([path, matcher]) => {
    const place = condition?.place ?? record.place;
    const field = resolveField(contracts, record, path);
    if (field === undefined)
      return [problem('REFERENCE', place, `${of}: ${record.name} has no field ${path}`)];
    const values = [...(matcher.in ?? []), ...(matcher.notIn ?? [])];
    return [
      values.flatMap((value) => checkValue(contracts, field, value, `${of}: ${record.name}.${path}`, place)),
      (matcher.under ?? [])
        .filter((stem) => !codesOf(contracts, field).some((code) => code.startsWith(stem)))
        .map((stem) =>
          problem('REFERENCE', place, `${of}: no code of ${record.name}.${path} begins with ${stem}`),
        ),
    ].flat();
  });
}

function checkValue(
  contracts: Contracts,
  field: Field,
  value: string | number | boolean,
  where: string,
  place: Place,
): Problem[] {
  if (field.codes !== undefined) {
    if (codesOf(contracts, field).includes(String(value)) && typeof value === 'string') return [];
    return [problem('REFERENCE', place, `${where} has no code ${String(value)}`)];
  }
  const fits = field.type === 'boolean' ? typeof value === 'boolean' : typeof value !== 'boolean';
  return fits ? [] : [problem('REFERENCE', place, `${where} is ${field.type}, not ${typeof value}`)];
}

function codesOf(contracts: Contracts, field: Field): string[] {
  return contracts.codeLists.get(field.codes ?? '')?.codes.map((code) => code.code) ?? [];
}
