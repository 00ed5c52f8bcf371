import type { Contracts } from '../contracts.ts';
import { type Problem, problem } from '../problem.ts';
import type { RegisterField } from '../register.ts';

/** A form offers only codes that there are, and an entry meets only requirements that there are. */
export function checkRegister(contracts: Contracts): Problem[] {
  return [
    ...[...contracts.register.values()].flatMap((kind) => [
      ...kind.meets
        .filter((id) => !contracts.requirements.has(id))
        .map((id) => problem('REFERENCE', kind.place, `${kind.name}: there is no requirement ${id}`)),
      ...unknownLists(contracts, kind.name, kind.fields),
    ]),
    ...[...contracts.directory, ...contracts.datasets.sections].flatMap(({ name, fields }) =>
      unknownLists(contracts, name, fields),
    ),
  ];
}

function unknownLists(contracts: Contracts, form: string, fields: readonly RegisterField[]): Problem[] {
  return fields
    .filter((field) => field.codes !== undefined && !contracts.codeLists.has(field.codes))
    .map((field) =>
      problem('REFERENCE', field.place, `${form}.${field.name}: no code list is named ${field.codes}`),
    );
}
