import type { CodeList } from '../code-list.ts';
import type { Contracts } from '../contracts.ts';
import { type Problem, problem } from '../problem.ts';

/** No code twice in a list, no list written twice under two names, no local code mapped twice on one day. */
export function checkDuplicates(contracts: Contracts): Problem[] {
  const lists = [...contracts.codeLists.values()];
  const seen = new Map<string, CodeList>();
  return [
    ...lists.flatMap(codesOnce),
    ...lists.flatMap((list) => {
      const content = list.codes
        .map((code) => `${code.code}=${code.label}`)
        .toSorted()
        .join('\n');
      const earlier = seen.get(content);
      seen.set(content, list);
      if (earlier === undefined || list.codes.length < 2) return [];
      return [
        problem(
          'DUPLICATE',
          list.place,
          `${list.name} is ${earlier.name} (${earlier.place.file}) written again`,
        ),
      ];
    }),
    ...[...contracts.mappings.values()].flatMap((mapping) =>
      mapping.fields.flatMap((field) =>
        field.codes
          .filter((code, at) =>
            field.codes.some(
              (other, before) =>
                before < at &&
                other.from === code.from &&
                code.validFrom <= (other.validTo ?? '9999') &&
                other.validFrom <= (code.validTo ?? '9999'),
            ),
          )
          .map((code) =>
            problem('DUPLICATE', code.place, `${mapping.agency} maps ${code.from} twice at once`),
          ),
      ),
    ),
  ];
}

/** A code may come again only after its first meaning has ended. */
function codesOnce(list: CodeList): Problem[] {
  return list.codes
    .filter((code, at) =>
      list.codes.some(
        (other, before) =>
          before < at && other.code === code.code && code.validFrom <= (other.validTo ?? '9999'),
      ),
    )
    .map((code) => problem('DUPLICATE', code.place, `${list.name} has the code ${code.code} twice at once`));
}
