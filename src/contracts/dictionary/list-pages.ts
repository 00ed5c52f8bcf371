import type { CodeList } from '../code-list.ts';
import type { Contracts } from '../contracts.ts';
import type { Need } from '../need.ts';
import { code, heldNote, link, page, period, table } from './markdown.ts';

const STATUS = {
  verified: 'read in the source',
  partially_verified: 'read in part',
  unverified: 'not yet read',
  project: 'ours',
};

export function codesPage(contracts: Contracts): string {
  const lists = [...contracts.codeLists.values()].filter((list) => list.place.file.startsWith('codes/'));
  return page(
    'Code lists',
    'Each code says how far it was checked: read in its source, read in part, not yet read, or a code of our own. A code is end-dated when it goes out of use, and never given another meaning. Codes marked "never held" are replaced by the broader one, or refused, in a row about one young person.',
    table(
      ['List', 'What it codes', 'Codes', 'From'],
      lists.map((list) => [
        link(list.name, '', list.name),
        list.title,
        String(list.codes.length),
        list.codeSystem,
      ]),
    ),
    ...lists.map((list) => codeSection(contracts, list)),
  );
}

function codeSection(contracts: Contracts, list: CodeList): string {
  const users = [...contracts.records.values()].flatMap((record) =>
    record.fields.filter((field) => field.codes === list.name).map((field) => `${record.name}.${field.name}`),
  );
  const notes = [
    `${list.codeSystem}, version ${list.version}.`,
    list.note,
    list.keptFor === undefined ? undefined : `Kept for ${list.keptFor}.`,
    users.length === 0 || users.length > 12 ? undefined : `Used by ${users.map(code).join(', ')}.`,
  ].filter((note) => note !== undefined);
  const attributes = Object.keys(list.attributes);
  const rows = list.codes.map((entry) => [
    code(entry.code),
    entry.label,
    ...attributes.map((name) => cell(entry.attributes[name])),
    period(entry.validFrom, entry.validTo),
    STATUS[entry.status],
    heldNote(entry.never, entry.heldAs),
  ]);
  const marked = list.codes.some((entry) => entry.never !== undefined);
  const head = ['Code', 'Meaning', ...attributes, 'Valid', 'Checked', 'Never held'];
  const width = marked ? head.length : head.length - 1;
  return `## ${list.name}\n\n**${list.title}.** ${notes.join(' ')}\n\n${table(
    head.slice(0, width),
    rows.map((row) => row.slice(0, width)),
  )}`;
}

function cell(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

export function needsPage(contracts: Contracts): string {
  const nodes = [...contracts.needs.nodes.values()];
  const tops = nodes.filter((need) => need.parent === undefined);
  return page(
    'Needs and services',
    `The tree of ${nodes.length} holistic needs. "72 h" marks the immediate response, with the number of the time-sensitive need where it is one of the ten. "Consent" marks services to which a minor may consent alone. The last column says what stands in a row about one young person; some ordinary needs are rolled up too, so that the broader one does not give a sensitive one away.`,
    ...tops.map((top) => {
      const under = nodes.filter((need) => need.code === top.code || need.code.startsWith(`${top.code}.`));
      return `## ${top.code} ${top.label}\n\n${table(['Code', 'Need', '72 h', 'Consent', 'Held'], under.map(needRow))}`;
    }),
  );
}

function needRow(need: Need): string[] {
  const indent = '· '.repeat(need.depth - 1);
  return [
    code(need.code),
    `${indent}${need.label}`,
    need.timeSensitive === undefined ? (need.immediate ? 'yes' : '') : `need ${need.timeSensitive}`,
    need.minorConsent ? 'yes' : '',
    heldNote(need.never, need.heldAs) || 'as it is',
  ];
}
