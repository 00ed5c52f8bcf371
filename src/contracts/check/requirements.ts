import type { Contracts } from '../contracts.ts';
import { type Place, type Problem, problem } from '../problem.ts';

export interface Answer {
  readonly id: string;
  /** The record, field, clock, metric or kind of register entry that answers it. */
  readonly by: string;
  readonly place: Place;
}

/** Everything that says it answers a requirement. */
export function answersOf(contracts: Contracts): Answer[] {
  const records = [...contracts.records.values()].flatMap((record) => [
    record.meets.map((id) => ({ id, by: record.name, place: record.place })),
    record.fields.flatMap((field) =>
      field.meets.map((id) => ({ id, by: `${record.name}.${field.name}`, place: field.place })),
    ),
  ]);
  const clocks = [...contracts.clocks.values()].map((clock) =>
    clock.meets.map((id) => ({ id, by: clock.name, place: clock.place })),
  );
  const metrics = [...contracts.metrics.values()].map((metric) =>
    metric.meets.map((id) => ({ id, by: metric.id, place: metric.place })),
  );
  const register = [...contracts.register.values()].map((kind) =>
    kind.meets.map((id) => ({ id, by: `register: ${kind.name}`, place: kind.place })),
  );
  return [...records, ...clocks, ...metrics, ...register].flat();
}

/** What is answered was asked, and what was asked is answered. */
export function checkRequirements(contracts: Contracts): Problem[] {
  const answers = answersOf(contracts);
  const answered = new Set(answers.map((answer) => answer.id));
  return [
    ...answers
      .filter((answer) => !contracts.requirements.has(answer.id))
      .map((answer) =>
        problem('REFERENCE', answer.place, `${answer.by} answers ${answer.id}, which nobody asked`),
      ),
    ...[...contracts.requirements.values()]
      .filter((requirement) => !answered.has(requirement.id))
      .map((requirement) => problem('ORPHAN', requirement.place, `nothing answers ${requirement.id}`)),
  ];
}
