/** Enums whose values and words are those of the contracts. */
import { registerEnumType } from 'type-graphql';
import { loadContracts } from '../contracts/contracts.ts';
import { purposesOf } from '../contracts/lookup.ts';
import { PERIOD_KINDS } from '../contracts/metric.ts';
import { TEXT_KINDS } from '../reports/edition.ts';

const contracts = loadContracts();

function enumOf(
  name: string,
  description: string,
  values: Iterable<readonly [value: string, words: string]>,
): Record<string, string> {
  const pairs = [...values].map(([value, words]) => [enumName(value), value, words] as const);
  const type = Object.fromEntries(pairs.map(([key, value]) => [key, value]));
  registerEnumType(type, {
    name,
    description,
    valuesConfig: Object.fromEntries(pairs.map(([key, , words]) => [key, { description: words }])),
  });
  return type;
}

function enumName(value: string): string {
  return value.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
}

export const Role = enumOf(
  'Role',
  'What somebody is to the hub.',
  [...contracts.accessPolicy.roles.values()].map((role) => [role.name, role.words]),
);
export const Purpose = enumOf('Purpose', 'What data may be used for.', purposesOf(contracts));
export const RegisterKind = enumOf(
  'RegisterKind',
  'A kind of entry of the county register.',
  [...contracts.register.values()]
    .filter((kind) => kind.scope !== 'agreement')
    .map((kind) => [kind.name, kind.words]),
);
const dimensions = new Set(
  [...contracts.metrics.values()].flatMap((metric) => [...metric.dimensions.keys()]),
);
export const Dimension = enumOf(
  'Dimension',
  'What figures are cut by.',
  [...dimensions].toSorted().map((name) => [name, listsOf(name)]),
);
export const PeriodKind = enumOf(
  'PeriodKind',
  'How long a period is.',
  PERIOD_KINDS.map((kind) => [
    kind,
    `One ${kind.replace('_', ' ').replace(/^(three|five) years/, 'pool of $1 years')}.`,
  ]),
);
export const FigureStatus = enumOf('FigureStatus', 'Whether a figure is shown.', [
  ['shown', 'It is shown.'],
  ['provisional', 'It is shown, and its period is not over or not final.'],
  ['hidden', 'It is hidden to protect young people.'],
  ['not_available', 'There is none; a footnote says why.'],
]);
export const AgreementDecision = enumOf('AgreementDecision', 'What counsel decided.', [
  ['approved', 'It may be used.'],
  ['changes_asked', 'It may be used once it is changed.'],
  ['refused', 'It may not be used.'],
]);
export const WaitingDecision = enumOf('WaitingDecision', 'What an entry that waited turned out to be.', [
  ['same', 'The program that it looks like: that entry stands as it is.'],
  ['another', 'Another program, which is added.'],
  ['dropped', 'None: it is left out.'],
]);
export const ReportKind = enumOf('ReportKind', 'A report of which editions are published.', [
  ['annual', 'The annual report to the State.'],
  ['pack', 'The steering committee’s pack.'],
  ['brief', 'Two pages for legislators.'],
]);
export const ReportTextKind = enumOf(
  'ReportTextKind',
  'What a party writes for a report.',
  TEXT_KINDS.map((kind) => [kind, contracts.register.get(kind)?.words ?? kind]),
);
export const RequestDecision = enumOf(
  'RequestDecision',
  'What a reviewer does with a request for a dataset.',
  [
    ['begin', 'Takes it up.'],
    ['approve', 'Approves it; once a steward and a counsel did, it is approved.'],
    ['return', 'Sends it back to be changed.'],
    ['reject', 'Rejects it for good.'],
  ],
);
/** The code lists that hold a dimension's members, by the metrics that have it. */
function listsOf(dimension: string): string {
  const lists = [...contracts.metrics.values()].flatMap((metric) => metric.dimensions.get(dimension) ?? []);
  return `Members: ${[...new Set(lists)].join(', ')}.`;
}

/** The words of an operation, as the policy has them. */
export function wordsOf(operation: string): string {
  const found = contracts.accessPolicy.operations.get(operation);
  if (found === undefined) throw new Error(`schema/access-policy.yaml names no operation ${operation}`);
  return found.words;
}
