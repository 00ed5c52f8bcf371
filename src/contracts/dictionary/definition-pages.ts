import { answersOf } from '../check/requirements.ts';
import type { Clock, CountyLimit } from '../clock.ts';
import type { Contracts } from '../contracts.ts';
import type { Authority, Term, TermVersion } from '../term.ts';
import { code, link, page, period, spoken, table } from './markdown.ts';
import { describeRule } from './rule-words.ts';

export function termsPage(contracts: Contracts): string {
  const terms = [...contracts.terms.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return page(
    'Shared definitions',
    'What each word means in every figure of the hub, on whose authority, and since when. A county whose protocol says otherwise has its own wording under the shared one.',
    ...terms.map(termSection),
  );
}

function termSection(term: Term): string {
  const known = term.alsoKnownAs.length === 0 ? '' : ` Earlier id: ${term.alsoKnownAs.map(code).join(', ')}.`;
  const newestFirst = term.versions.toReversed();
  return [
    `## ${term.name}`,
    `**${term.title}.**${known}`,
    ...newestFirst.map((version) => versionBlock(version, `Version ${version.version}`)),
    ...term.local.map((local) => versionBlock(local, `In county ${local.county}`)),
  ].join('\n\n');
}

function versionBlock(version: TermVersion, head: string): string {
  const rule =
    version.rule === undefined
      ? `None. ${version.noRule ?? ''}`
      : describeRule(version.rule, (term) => link(term, '', term));
  return [
    `### ${head}, ${period(version.effectiveFrom, version.effectiveTo)}`,
    version.words,
    `- Rule: ${rule}`,
    `- Authority: ${authority(version.authority)}`,
    `- What changed: ${version.what} ${version.why}`,
  ]
    .join('\n')
    .replace('\n', '\n\n')
    .replace('\n- Rule', '\n\n- Rule');
}

function authority(given: Authority): string {
  const read = { read: 'read', partly: 'read in part', not_read: 'not read' }[given.checked];
  return `${given.citation} (${given.kind}, ${read})`;
}

export function clocksPage(contracts: Contracts): string {
  const { parties } = contracts;
  const labels = new Map(contracts.codeLists.get('party')?.codes.map((entry) => [entry.code, entry.label]));
  const named = (codes: readonly string[]): string =>
    codes.map((entry) => labels.get(entry) ?? entry).join(', ');
  return page(
    'Clocks and parties',
    'A statute binds. A recommendation is a promise of the county, which may set its own limit from a day on.',
    table(
      ['Clock', 'Limit', 'From', 'To', 'Authority', 'Since'],
      [...contracts.clocks.values()].map((clock) => [
        `${code(clock.name)} ${clock.title}`,
        `${spokenLimit(clock.limit)}${clock.repeats ? ', again and again' : ''}`,
        clock.start.words,
        clock.stop.words,
        authority(clock.authority),
        clock.effectiveFrom,
      ]),
    ),
    `## Set otherwise by a county\n\n${table(
      ['Clock', 'County', 'Limit', 'In force', 'Why'],
      [...contracts.clocks.values()].flatMap((clock) =>
        clock.counties.map((county) => countyRow(clock, county)),
      ),
    )}`,
    `## Required parties\n\n${table(
      ['For', 'Parties', 'In force', 'Decided by', 'Authority'],
      parties.required.map((set) => [
        set.for === 'protocol' ? "The county's protocol" : 'A team meeting',
        named(set.parties),
        period(set.effectiveFrom, set.effectiveTo),
        set.decidedBy === 'protocol_date' ? 'the date of the protocol' : 'the day of the meeting',
        authority(set.authority),
      ]),
    )}`,
    `Others may take part in the protocol: ${named(parties.optional.protocol)}.`,
    `Others may take part in a team: ${named(parties.optional.mdt)}.`,
  );
}

function countyRow(clock: Clock, county: CountyLimit): string[] {
  return [
    code(clock.name),
    county.county,
    `${spokenLimit(county.limit)}${county.madeUp ? ' (made up)' : ''}`,
    period(county.effectiveFrom, county.effectiveTo),
    county.why,
  ];
}

function spokenLimit(limit: Clock['limit']): string {
  const part = (n: number, unit: string): string => (n === 0 ? '' : `${n} ${unit}${n === 1 ? '' : 's'}`);
  return [part(limit.months, 'month'), part(limit.days, 'day'), part(limit.hours, 'hour')]
    .filter((text) => text !== '')
    .join(' ');
}

export function rulesPage(contracts: Contracts): string {
  const rules = [...contracts.qualityRules.values()];
  return page(
    'Data-quality rules',
    'What is checked, how grave a breach is, and what to do. A rejected row is reported by file, line and rule, never by value.',
    table(
      ['Severity', 'What follows'],
      [
        ['reject_delivery', 'Nothing of the delivery is loaded.'],
        ['reject_row', 'The row is not loaded.'],
        ['quarantine', 'The row waits for what it refers to.'],
        ['compliance', 'Loaded; shown to the committee as a promise that was not kept.'],
        ['alert', 'Loaded; somebody is told at once.'],
        ['warn', 'Loaded; shown in the quality report.'],
        ['info', 'Loaded; a remark.'],
        ['block_publish', 'Nothing is published until it is put right.'],
      ],
    ),
    table(
      ['Rule', 'Record', 'Severity', 'What it says', 'What to do'],
      rules.map((rule) => [
        rule.id,
        rule.record === '*'
          ? 'every record'
          : rule.record === 'report'
            ? 'published figures'
            : code(rule.record),
        rule.severity,
        `${rule.words}${rule.unverified === undefined ? '' : ` (Not yet confirmed: ${rule.unverified}.)`}`,
        rule.remedy,
      ]),
    ),
  );
}

export function handlingPage(contracts: Contracts): string {
  return page(
    'Who may see what, and what is never held',
    `## Readers\n\n${table(
      ['Reader', 'Who'],
      [...contracts.readers.values()].map((reader) => [code(reader.name), reader.words]),
    )}`,
    `## Classes\n\n${table(
      ['Class', 'What', 'May read the field', 'Finest public figure'],
      [...contracts.sensitivities.values()].map((found) => [
        code(found.name),
        found.words,
        found.readers.join(', '),
        found.finestPublic,
      ]),
    )}`,
    `## Legal bases\n\nThe hub's working reading, not legal advice. Counsel decides for each source.\n\n${table(
      ['Basis', 'Citation', 'Permits', 'On condition', 'Checked'],
      [...contracts.legalBases.values()].map((basis) => [
        code(basis.name),
        basis.citation,
        basis.permits,
        basis.condition,
        basis.status.replaceAll('_', ' '),
      ]),
    )}`,
    `## Never held\n\nNever about one young person, whatever a source can send.\n\n${table(
      ['Topic', 'What', 'Held instead', 'Authority'],
      [...contracts.neverHeld.values()].map((never) => [
        code(never.topic),
        never.words,
        never.instead,
        authority(never.authority),
      ]),
    )}`,
  );
}

export function agenciesPage(contracts: Contracts): string {
  return page(
    "Agencies' own codes",
    'How each agency codes what it sends, and what its codes become. A local code that is not here is reported and its row rejected; it is never dropped in silence.',
    ...[...contracts.mappings.values()].map((mapping) => {
      const counties = mapping.counties.includes('all')
        ? 'every county'
        : `${mapping.counties.length} counties`;
      const fields = mapping.fields.map((field) => {
        const codes = field.codes.map((entry) => {
          const stretch = entry.validTo === undefined ? '' : ` until ${entry.validTo}`;
          return [code(entry.from), code(entry.to), `${entry.why ?? ''}${stretch}`.trim()];
        });
        const none = field.unmapped.map((entry) => [code(entry.from), 'none', entry.why]);
        const body =
          codes.length + none.length === 0
            ? 'Shared codes as they are.'
            : table(['Sent', 'Becomes', 'Why'], codes.concat(none));
        return `${field.fields.map(code).join(', ')}, to \`${field.list}\`${field.keepsShared ? '; shared codes pass as they are' : ''}:\n\n${body}`;
      });
      const changes = mapping.changes.map(
        (change) => `Version ${change.version}, ${change.on}: ${change.what} ${change.why}`,
      );
      return [
        `## ${mapping.agency}`,
        `${mapping.title}${mapping.madeUp ? ' (made up)' : ''}; ${spoken(mapping.system)}; ${counties}; version ${mapping.version}. ${mapping.quirks}`,
        changes,
        fields,
      ]
        .flat()
        .join('\n\n');
    }),
  );
}

export function requirementsPage(contracts: Contracts): string {
  const answers = answersOf(contracts);
  return page(
    'What the program asks',
    'Every numbered requirement on data that the records, or the county register, answer, and where. The numbers have gaps, since not every one is about a record.',
    table(
      ['Number', 'What is asked', 'Answered by'],
      [...contracts.requirements.values()].map((requirement) => [
        requirement.id,
        requirement.words,
        answers
          .filter((answer) => answer.id === requirement.id)
          .map((answer) => code(answer.by))
          .join(', '),
      ]),
    ),
  );
}
