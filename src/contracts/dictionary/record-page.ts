import type { Contracts } from '../contracts.ts';
import type { Field, RecordType, System } from '../record.ts';
import { code, link, page, spoken, table } from './markdown.ts';

const ABOUT = {
  person: 'one young person',
  linkage: 'one young person, for linkage alone',
  aggregate: 'a count, and no young person',
  provider: 'a provider',
  staff: 'a member of staff',
  governance: 'the program itself',
  delivery: 'a delivery',
};

const WHEN = {
  first: 'for the whole caseload',
  content: 'for young people in scope',
  any: 'always',
};

export function recordPage(contracts: Contracts, system: System): string {
  const records = [...contracts.records.values()].filter((record) => record.system === system);
  const title = system === 'all' ? 'Every system: people, linkage and deliveries' : spoken(system);
  return page(
    title,
    table(
      ['Record', 'What it holds', 'Sent'],
      records.map((record) => [link(record.name, '', record.name), record.title, record.cadence]),
    ),
    system === 'all' ? commonKeys(contracts) : undefined,
    ...records.map((record) => recordSection(contracts, record)),
  );
}

/** The keys that every row carries are explained once, on the page of every system. */
function commonKeys(contracts: Contracts): string {
  const row = contracts.records.get('cw_referral') ?? [...contracts.records.values()][0];
  const fields = row?.fields.filter((field) => field.place.file === 'records/common.yaml') ?? [];
  return `## Common keys\n\nEvery row of content carries these; the tables below leave them out.\n\n${fieldTable(contracts, fields)}`;
}

function recordSection(contracts: Contracts, record: RecordType): string {
  const own = record.fields.filter((field) => field.place.file !== 'records/common.yaml');
  const shared = record.fields.length - own.length;
  const facts = [
    `- About ${ABOUT[record.subject]}; sent ${WHEN[record.phase]}, ${record.cadence}.`,
    `- Key: ${record.primaryKey.map(code).join(', ')}.${shared > 0 ? ` With the ${link('common keys', 'all.md', 'common-keys')}.` : ''}`,
    ...record.foreignKeys
      .filter((key) => key.place.file !== 'records/common.yaml')
      .map((key) => `- ${code(key.fields.at(-1) ?? '')} refers to ${code(key.record)}.`),
    ...(record.volume === undefined ? [] : [`- Volume: ${record.volume}.`]),
    `- Handled as ${code(record.sensitivity)}, on the basis of ${record.basis.map(code).join(', ')}, where the table says nothing else.`,
    `- Version ${record.version}, from ${record.effectiveFrom}${record.meets.length > 0 ? `; answers ${record.meets.map((id) => link(id, 'requirements.md')).join(', ')}` : ''}.`,
    ...record.changes.map(
      (change) => `- Version ${change.version}, ${change.on}: ${change.what} ${change.why}`,
    ),
  ];
  return `## ${record.name}\n\n**${record.title}.** ${record.description}\n\n${facts.join('\n')}\n\n${fieldTable(contracts, own, record)}`;
}

function fieldTable(contracts: Contracts, fields: readonly Field[], record?: RecordType): string {
  return table(
    ['Field', 'What it is', 'Values', 'Handling'],
    fields.map((field) => [
      `${code(field.name)}${field.constraints.required ? ' *' : ''}`,
      field.description,
      valuesOf(contracts, field),
      handlingOf(field, record),
    ]),
  );
}

function valuesOf(contracts: Contracts, field: Field): string {
  if (!field.leaves) return 'never sent';
  const { minimum, maximum, pattern } = field.constraints;
  const bounds =
    minimum === undefined && maximum === undefined ? '' : `, ${minimum ?? ''} to ${maximum ?? ''}`;
  const list = field.codes === undefined ? undefined : contracts.codeLists.get(field.codes);
  if (list !== undefined) {
    const where =
      list === contracts.needs.asCodeList
        ? link(list.name, 'needs.md')
        : list.name === 'record_type'
          ? link(list.name, 'README.md')
          : link(list.name, 'codes.md', list.name);
    return `${field.several ? 'several codes of' : 'code of'} ${where}`;
  }
  if (field.token !== undefined) return field.type === 'array' ? 'list' : 'pseudonym';
  if (field.open !== undefined) return field.open;
  const unit = field.unit === undefined ? '' : ` (${field.unit.replaceAll('_', ' ')})`;
  const such = field.example === undefined || pattern === undefined ? '' : `, such as ${code(field.example)}`;
  return `${field.type}${bounds}${unit}${such}`;
}

/** Only what a field's handling adds to its record's. */
function handlingOf(field: Field, record: RecordType | undefined): string {
  if (field.never !== undefined)
    return `stays at the agency: ${link(field.never, 'handling.md', 'never-held')}`;
  const basis = field.basis.join(', ');
  return [
    field.sensitivity === record?.sensitivity ? '' : field.sensitivity,
    basis === record?.basis.join(', ') ? '' : basis,
    field.minorConsent ? 'minor consent' : '',
  ]
    .filter((text) => text !== '')
    .join('; ');
}
