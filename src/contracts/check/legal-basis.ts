import type { Contracts } from '../contracts.ts';
import { type Problem, problem } from '../problem.ts';

/** A field that may leave its agency names what lets it; one that stays names the topic that keeps it. */
export function checkLegalBasis(contracts: Contracts): Problem[] {
  return [...contracts.records.values()].flatMap((record) =>
    record.fields.flatMap((field) => {
      const where = `${record.name}.${field.name}`;
      if (field.leaves && field.basis.length === 0) {
        return [problem('LEGAL_BASIS', field.place, `${where} leaves the agency without a legal basis`)];
      }
      if (!field.leaves && field.constraints.required) {
        return [problem('LEGAL_BASIS', field.place, `${where} is required and may not leave the agency`)];
      }
      const personLevel = record.subject === 'person' || record.subject === 'linkage';
      if (personLevel && field.leaves && field.basis.includes('part_2_counts')) {
        return [
          problem(
            'LEGAL_BASIS',
            field.place,
            `${where}: the basis for counts does not cover a row about a young person`,
          ),
        ];
      }
      return [];
    }),
  );
}
