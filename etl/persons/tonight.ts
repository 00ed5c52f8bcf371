/** What linkage finds tonight: links, clusters and persons, of everything or of what changed. Pure. */
import { type BlockingLimits, block, standardRules } from '../link/blocking.ts';
import { type ClkPair, clkPairs, joinedByClk } from '../link/clk-groups.ts';
import { type Clusters, cluster, linkageRules } from '../link/cluster.ts';
import type { Edges } from '../link/edges.ts';
import { deltaNight, fullNight, type LinkState, type Night } from '../link/incremental.ts';
import { weightAt } from '../link/model.ts';
import { type History, namePersons } from '../link/person-id.ts';
import { settle, settledPairs } from '../link/review.ts';
import { recordKey } from '../link/table.ts';
import { agreementPatterns } from './agreement-patterns.ts';
import type { EarlierState, StoredLink } from './earlier-state.ts';
import type { LinkageRows } from './linkage-rows.ts';
import type { StoredOpinion } from './opinions.ts';
import { withPurged } from './purged-members.ts';
import { type StoredModel, trainModel } from './stored-model.ts';

/** Pairs are kept from this weight on: far below any threshold, so that estimates can draw on what was not linked. */
const KEPT_FROM = -10;
/** Pairs by the filter of the whole record are kept from this weight on; below it strangers are too many. */
const CLK_KEPT_FROM = -3;

export interface LinkageTerms {
  readonly threshold: number;
  /** Agencies that deduplicated their own records. */
  readonly deduplicated: readonly string[];
  /** About pairs of surrogates. */
  readonly opinions: readonly StoredOpinion[];
  readonly limits: BlockingLimits;
}

export interface Tonight {
  readonly night: Night;
  readonly clusters: Clusters;
  readonly links: readonly StoredLink[];
  /** Pairs of which one record has the filter of the whole record and nothing else. */
  readonly byClk: readonly ClkPair[];
  /** By surrogate, the person: of every row, compared or left out. */
  readonly persons: ReadonlyMap<string, string>;
  readonly changes: readonly History[];
  /** Pairs that were settled to be two persons and that other decisions make one. */
  readonly contradicted: readonly { readonly a: string; readonly b: string }[];
}

export function trainOn({ table }: LinkageRows, limits: BlockingLimits): StoredModel {
  return trainModel(table, block(table, standardRules(table), limits));
}

/** With `earlier` only what changed since is scored; without it, everything. */
export function findPersons(
  rows: LinkageRows,
  { version, model, frequencies }: StoredModel,
  terms: LinkageTerms,
  known: EarlierState,
  onlyChanged: boolean,
): Tonight {
  const { table } = rows;
  const options = { rules: standardRules(table), limits: terms.limits, model, frequencies, least: KEPT_FROM };
  const night = onlyChanged
    ? deltaNight(table, stateBefore(rows, known), changedSince(rows, known), options)
    : fullNight(table, options);
  const keys = keysOf(rows);
  const settled = settledPairs(
    table,
    terms.opinions.map((opinion) => ({
      ...opinion,
      a: keys.get(opinion.a) ?? opinion.a,
      b: keys.get(opinion.b) ?? opinion.b,
    })),
  );
  const clusters = cluster(table, night.edges, {
    threshold: weightAt(terms.threshold),
    oncePerCluster: terms.deduplicated.filter((agency) => table.sources.includes(agency)),
    ...linkageRules,
    settled,
  });
  const byClk = clkPairs(rows.clks, CLK_KEPT_FROM);
  const alone = [
    ...rows.clks.names.slice(0, rows.clks.alone),
    ...rows.leftOut.map(({ surrogate }) => surrogate),
  ];
  const found = joinedByClk(
    [...membersOf(rows, clusters), ...alone.map((surrogate) => [surrogate])],
    rows.clks,
    byClk.filter(({ weight }) => weight >= weightAt(terms.threshold)),
    settle(terms.opinions),
  );
  const named = namePersons(withPurged(found, known.persons, known.purged), known.persons);
  const contradicted = settled
    .filter(({ a, b, same }) => !same && clusters.of[a] === clusters.of[b])
    .map(({ a, b }) => ({ a: rows.surrogates[a] as string, b: rows.surrogates[b] as string }));
  const links = asStood(
    [...storedLinks(rows, night.edges, version), ...clkLinks(byClk, version)],
    known.links,
  );
  return { night, clusters, links, byClk, persons: named.persons, changes: named.history, contradicted };
}

function membersOf({ surrogates }: LinkageRows, { of }: Clusters): string[][] {
  const members = new Map<number, string[]>();
  of.forEach((root, record) => {
    const surrogate = surrogates[record] as string;
    const list = members.get(root);
    if (list === undefined) members.set(root, [surrogate]);
    else list.push(surrogate);
  });
  return [...members.values()];
}

/** By surrogate, what the table of records calls it. */
function keysOf({ table, surrogates }: LinkageRows): ReadonlyMap<string, string> {
  return new Map(surrogates.map((surrogate, record) => [surrogate, recordKey(table, record)]));
}

function stateBefore(rows: LinkageRows, { links, oversized }: EarlierState): LinkState {
  const keys = keysOf(rows);
  const edges = links.flatMap(({ a, b, weight }) => {
    const [x, y] = [keys.get(a), keys.get(b)];
    return x === undefined || y === undefined ? [] : [{ a: x, b: y, weight }];
  });
  return { edges, oversized };
}

function changedSince(
  { table, surrogates, versions }: LinkageRows,
  { rows }: EarlierState,
): (key: string) => boolean {
  const changed = new Set<string>();
  surrogates.forEach((surrogate, record) => {
    const [before, now] = [rows.get(surrogate), versions[record]];
    if (before === undefined || before.delivery !== now?.delivery || before.line !== now.line)
      changed.add(recordKey(table, record));
  });
  return (key) => changed.has(key);
}

/** Links as they are kept. */
function storedLinks({ table, surrogates }: LinkageRows, edges: Edges, model: string): StoredLink[] {
  const pairs = inOrder(surrogates, edges);
  const patterns = agreementPatterns(table, pairs);
  return pairs.map(({ a, b, weight }, i) => ({
    a: surrogates[a] as string,
    b: surrogates[b] as string,
    weight,
    pattern: patterns[i] as string,
    model,
  }));
}

function clkLinks(pairs: readonly ClkPair[], model: string): StoredLink[] {
  return pairs.map(({ a, b, weight }) => ({ a, b, weight, pattern: 'clk', model }));
}

/** A link that stands as it was is the one that was kept. */
function asStood(links: readonly StoredLink[], before: readonly StoredLink[]): readonly StoredLink[] {
  const stood = new Map(before.map((link) => [`${link.a}${link.b}`, link]));
  return links.map((link) => {
    const old = stood.get(`${link.a}${link.b}`);
    const same =
      old?.pattern === link.pattern && old.model === link.model && Math.fround(old.weight) === link.weight;
    return same ? old : link;
  });
}

/** The surrogate that comes first in order of text stands first. */
function inOrder(
  surrogates: readonly string[],
  { a, b, weight }: Edges,
): { readonly a: number; readonly b: number; readonly weight: number }[] {
  return Array.from({ length: weight.length }, (_, i) => {
    const [x, y] = [a[i] as number, b[i] as number];
    const [first, second] = (surrogates[x] as string) < (surrogates[y] as string) ? [x, y] : [y, x];
    return { a: first, b: second, weight: weight[i] as number };
  });
}
