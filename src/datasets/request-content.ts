/** What a request may say, by its contract and the catalogue. Pure: it complains about all of it at once, and stores nothing. */
import type { Contracts } from '../contracts/contracts.ts';
import { Refused } from '../errors.ts';
import { type Content, type FieldText, readContent } from '../register/content.ts';
import { canonical, wrongWithProposal, wrongWithTable } from './wanted-tables.ts';

export interface GivenRequest {
  readonly fields: readonly FieldText[];
  readonly tables: readonly string[];
  readonly proposals: readonly string[];
}

export interface CheckedRequest {
  readonly content: Content;
  readonly tables: readonly string[];
  readonly proposals: readonly string[];
}

/** A draft may lack what it still lacks; nothing that it says may be wrong. */
export function checkedRequest(contracts: Contracts, given: GivenRequest): CheckedRequest {
  const { terms, fields } = contracts.datasets;
  const { content, complaints } = readContent(contracts, fields, given.fields);
  const tables = unique(contracts, given.tables);
  const proposals = unique(contracts, given.proposals);
  refuse([
    ...complaints
      .filter(({ words }) => words !== MISSING)
      .map(({ field, words }) => `${field} ${words}`.trim()),
    ...tables.flatMap((address) => wrongWithTable(contracts, address) ?? []),
    ...proposals.flatMap((address) => wrongWithProposal(contracts, address) ?? []),
    ...(tables.length > terms.most_tables ? [`a dataset has at most ${terms.most_tables} tables`] : []),
    ...(proposals.length > terms.most_proposals
      ? [`a request proposes at most ${terms.most_proposals} tables`]
      : []),
  ]);
  return { content, tables, proposals };
}

/** What is put to review lacks nothing, and asks for no longer than may be asked. */
export function requireComplete(contracts: Contracts, asked: CheckedRequest, today: string): void {
  const { terms, fields } = contracts.datasets;
  const { content, tables, proposals } = asked;
  const missing = fields.filter(({ name, required }) => required && content[name] === undefined);
  const latest = new Date(Date.parse(`${today}T00:00:00Z`) + terms.longest_days * DAY)
    .toISOString()
    .slice(0, 10);
  const until = String(content['until'] ?? today);
  refuse([
    ...missing.map(({ name }) => `${name} ${MISSING}`),
    ...(content['linking'] === true && content['linked_with'] === undefined
      ? [`linked_with ${MISSING}`]
      : []),
    ...(content['ethics'] !== undefined &&
    content['ethics'] !== 'not_needed' &&
    content['ethics_reference'] === undefined
      ? [`ethics_reference ${MISSING}`]
      : []),
    ...(Number(content['from_year']) > Number(content['to_year']) ? ['from_year comes after to_year'] : []),
    ...(until < today ? ['until is over already'] : []),
    ...(until > latest ? [`until is ${latest} at the latest`] : []),
    ...(tables.length + proposals.length === 0 ? ['it names no table'] : []),
    ...tables.flatMap((address) => wrongWithTable(contracts, address) ?? []),
  ]);
}

/** As the contract's reader words it. */
const MISSING = 'is missing';
const DAY = 86_400_000;

function unique(contracts: Contracts, addresses: readonly string[]): readonly string[] {
  const named = addresses.map((address) => address.trim()).filter((address) => address !== '');
  return [...new Set(named.map((address) => canonical(contracts, address)))].toSorted();
}

function refuse(complaints: readonly string[]): void {
  if (complaints.length === 0) return;
  throw new Refused(
    'DATASET_REQUEST',
    `The request cannot be taken: ${[...new Set(complaints)].join('; ')}.`,
    {
      remedy:
        '`npx tessera dataset request --tables` lists the tables, and `--template` every field with its words.',
    },
  );
}
