import { NotFound } from '../errors.ts';
import type { CodeList } from './code-list.ts';
import type { Contracts } from './contracts.ts';
import { heldNote } from './dictionary/markdown.ts';
import { describeRule } from './dictionary/rule-words.ts';
import { needAncestors } from './lookup.ts';
import type { AgencyMapping } from './mapping.ts';
import type { RecordType } from './record.ts';
import { readersOf, tableSchema } from './table-schema.ts';
import type { Term } from './term.ts';

export interface Shown {
  readonly text: string;
  readonly document: unknown;
}

/** Whatever a contract calls by that name, as text for people and as a document for programs. */
export function show(contracts: Contracts, name: string): Shown {
  const record = contracts.records.get(name);
  if (record !== undefined)
    return { text: showRecord(contracts, record), document: tableSchema(contracts, record) };
  const list = contracts.codeLists.get(name);
  if (list !== undefined) return { text: showList(list), document: list };
  const term = contracts.terms.get(name);
  if (term !== undefined) return { text: showTerm(term), document: term };
  const need = contracts.needs.nodes.get(name);
  if (need !== undefined) {
    const above = needAncestors(contracts, name).map((ancestor) => ancestor.label);
    const held = heldNote(need.never, need.heldAs) || 'as it is';
    const facts = [
      `${need.code}  ${need.label}`,
      above.length === 0 ? undefined : `under     ${above.join(' < ')}`,
      `held      ${held}`,
      need.immediate ? 'in the first 72 hours' : undefined,
      need.minorConsent ? 'a minor may consent alone' : undefined,
    ];
    return { text: facts.filter((fact) => fact !== undefined).join('\n'), document: need };
  }
  const clock = contracts.clocks.get(name);
  if (clock !== undefined) {
    const text = `${clock.name}  ${clock.title}\n\n${clock.words}\n\nlimit      ${clock.limit.iso}\nfrom       ${clock.start.words}\nto         ${clock.stop.words}\nauthority  ${clock.authority.citation} (${clock.authority.kind})`;
    return { text, document: clock };
  }
  const rule = contracts.qualityRules.get(name);
  if (rule !== undefined) {
    return {
      text: `${rule.id}  ${rule.record}  ${rule.severity}\n\n${rule.words}\n${rule.remedy}`,
      document: rule,
    };
  }
  const mapping = contracts.mappings.get(name);
  if (mapping !== undefined) return { text: showMapping(mapping), document: mapping };
  const near = namesOf(contracts).filter((candidate) => candidate.toLowerCase().includes(name.toLowerCase()));
  throw new NotFound('CONTRACT_UNKNOWN', `no contract is named ${name}`, {
    remedy:
      near.length > 0 ? `there is ${near.slice(0, 6).join(', ')}` : 'see docs/dictionary for all of them',
  });
}

function namesOf(contracts: Contracts): string[] {
  const { records, codeLists, terms, clocks, qualityRules, needs, mappings } = contracts;
  return [records, codeLists, terms, clocks, qualityRules, needs.nodes, mappings].flatMap((named) =>
    Array.from(named.keys()),
  );
}

function showRecord(contracts: Contracts, record: RecordType): string {
  const rows = record.fields.map((field) => [
    `${field.name}${field.constraints.required ? '*' : ''}`,
    field.leaves ? (field.codes ?? field.token ?? field.type) : `never (${field.never ?? ''})`,
    field.sensitivity,
    readersOf(contracts, field).join(' '),
  ]);
  return [
    `${record.name}  ${record.title}`,
    '',
    record.description,
    '',
    columns([['field', 'values', 'class', 'readers'], ...rows]),
    '',
    `key ${record.primaryKey.join(', ')}; version ${record.version} from ${record.effectiveFrom}; * required`,
  ].join('\n');
}

function showList(list: CodeList): string {
  const rows = list.codes.map((code) => [
    code.code,
    code.label,
    code.validTo === undefined ? '' : `until ${code.validTo}`,
    code.never === undefined ? '' : `never held (${code.heldAs ?? 'refused'})`,
  ]);
  return [
    `${list.name}  ${list.title} (${list.codeSystem}, version ${list.version})`,
    list.note ?? '',
    columns(rows),
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}

function showTerm(term: Term): string {
  const versions = [...term.versions.toReversed(), ...term.local].map((version) => {
    const where = 'county' in version ? `county ${String(version.county)}` : `version ${version.version}`;
    const until = version.effectiveTo === undefined ? '' : ` to ${version.effectiveTo}`;
    return [
      `${where}, from ${version.effectiveFrom}${until}`,
      `  ${version.words}`,
      `  rule: ${version.rule === undefined ? (version.noRule ?? '') : describeRule(version.rule)}`,
      `  authority: ${version.authority.citation} (${version.authority.kind})`,
      `  changed: ${version.what} ${version.why}`,
    ].join('\n');
  });
  return [`${term.name}  ${term.title}`, ...versions].join('\n\n');
}

function showMapping(mapping: AgencyMapping): string {
  const fields = mapping.fields.map((field) => {
    const codes = field.codes.map((code) => [`  ${code.from}`, code.to, code.why ?? '']);
    const none = field.unmapped.map((code) => [`  ${code.from}`, 'none', code.why]);
    const kept = field.keepsShared ? '; shared codes pass as they are' : '';
    return `${field.fields.join(', ')} to ${field.list}${kept}\n${columns(codes.concat(none))}`.trimEnd();
  });
  return [
    `${mapping.agency}  ${mapping.title}${mapping.madeUp ? ' (made up)' : ''}`,
    mapping.quirks,
    ...fields,
  ].join('\n\n');
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
