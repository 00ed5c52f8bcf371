import type { Contracts } from '../contracts.ts';
import { type Place, type Problem, problem } from '../problem.ts';

/** Nothing is kept that nothing uses, unless it says what it is kept for; and what is used needs no such excuse. */
export function checkOrphans(contracts: Contracts): Problem[] {
  const fields = [...contracts.records.values()].flatMap((record) => record.fields);
  const crosswalks = [...contracts.crosswalks.values()];
  const lists = new Set([
    ...fields.flatMap((field) => field.codes ?? []),
    ...crosswalks.flatMap((crosswalk) => [crosswalk.fromList, crosswalk.toList]),
    ...[...contracts.metrics.values()].flatMap((metric) => [...metric.dimensions.values()]),
  ]);
  const classes = new Set(fields.map((field) => field.sensitivity));
  const bases = new Set(fields.flatMap((field) => field.basis));
  const readers = new Set(
    [...contracts.sensitivities.values()].flatMap((sensitivity) => sensitivity.readers),
  );
  return [
    ...[...contracts.codeLists.values()].flatMap((list) => {
      const used = lists.has(list.name);
      if (!used && list.keptFor === undefined) {
        return [
          problem(
            'ORPHAN',
            list.place,
            `no record, crosswalk or metric uses the list ${list.name}; say kept_for, or remove it`,
          ),
        ];
      }
      if (used && list.keptFor !== undefined) {
        return [problem('ORPHAN', list.place, `the list ${list.name} is used; remove its kept_for`)];
      }
      return list.codes.length === 0
        ? [problem('ORPHAN', list.place, `the list ${list.name} has no codes`)]
        : [];
    }),
    ...unused('sensitivity class', contracts.sensitivities, classes),
    ...unused('legal basis', contracts.legalBases, bases),
    ...unused('reader', contracts.readers, readers),
    ...[...contracts.neverHeld.values()]
      .filter((never) => never.columns.length + never.labels.length + never.codes.length === 0)
      .filter((never) => !fields.some((field) => field.never === never.topic))
      .map((never) =>
        problem('ORPHAN', never.place, `nothing is marked with ${never.topic}, and nothing betrays it`),
      ),
  ];
}

function unused(
  what: string,
  all: ReadonlyMap<string, { readonly place: Place }>,
  used: ReadonlySet<string>,
): Problem[] {
  return [...all]
    .filter(([name]) => !used.has(name))
    .map(([name, item]) => problem('ORPHAN', item.place, `no field uses the ${what} ${name}`));
}
