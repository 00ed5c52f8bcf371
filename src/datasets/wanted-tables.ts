/** Which tables a request may name: those that the catalogue declares for everybody; others it may propose. Pure. */
import type { Contracts } from '../contracts/contracts.ts';
import type { Metric } from '../contracts/metric.ts';

export interface WantedTable {
  readonly metric: Metric;
  /** The dimensions joined by '+', or 'all'. */
  readonly tbl: string;
}

/** As a request writes a table down. */
export function addressOf({
  metric,
  tbl,
}: {
  readonly metric: { readonly id: string };
  readonly tbl: string;
}): string {
  return `${metric.id}/${tbl}`;
}

/** The tables of the catalogue that may leave the hub, as their addresses. */
export function declaredTables(contracts: Contracts): readonly WantedTable[] {
  return [...contracts.metrics.values()]
    .filter(({ notAvailable }) => notAvailable === undefined)
    .flatMap((metric) =>
      metric.tables.filter(({ publish }) => publish === 'public').map(({ name }) => ({ metric, tbl: name })),
    );
}

/** What is wrong with a table that a request names; undefined where nothing is. */
export function wrongWithTable(contracts: Contracts, address: string): string | undefined {
  const { metric, tbl } = parsed(contracts, address);
  if (metric === undefined) return `there is no metric as in ${shown(address)}`;
  if (metric.notAvailable !== undefined)
    return `${metric.id} is not available: no agency sends what it needs`;
  const declared = metric.tables.find(({ name }) => name === tbl);
  if (declared?.publish === 'public') return undefined;
  if (declared !== undefined) return `${shown(address)} is not for everybody and leaves in no dataset`;
  return `the catalogue has no table ${shown(address)}; propose it, and it leaves with a later release`;
}

/** A proposal cuts a declared metric by dimensions that it declares, in a way that the catalogue has not. */
export function wrongWithProposal(contracts: Contracts, address: string): string | undefined {
  const { metric, tbl } = parsed(contracts, address);
  if (metric === undefined) return `there is no metric as in ${shown(address)}`;
  if (metric.notAvailable !== undefined)
    return `${metric.id} is not available: no agency sends what it needs`;
  const by = tbl.split('+');
  const known = [...metric.dimensions.keys()];
  if (by.some((name) => !known.includes(name)) || new Set(by).size < by.length)
    return `${metric.id} can be cut by ${known.length === 0 ? 'nothing' : known.join(', ')}, each once`;
  if (metric.minorConsent && by.includes('county'))
    return `${metric.id} is about what a minor may consent to alone: it has no table by county`;
  const ordered = known.filter((name) => by.includes(name)).join('+');
  const declared = metric.tables.find(({ name }) => name === ordered);
  if (declared?.publish === 'public') return `the catalogue has ${metric.id}/${ordered} already: ask for it`;
  return declared === undefined
    ? undefined
    : `${shown(address)} is not for everybody and leaves in no dataset`;
}

/** The dimensions in the metric's own order, as tables are named. */
export function canonical(contracts: Contracts, address: string): string {
  const { metric, tbl } = parsed(contracts, address);
  if (metric === undefined || tbl === 'all' || tbl === '') return address;
  const by = tbl.split('+');
  const known = [...metric.dimensions.keys()];
  return by.every((name) => known.includes(name))
    ? `${metric.id}/${known.filter((name) => by.includes(name)).join('+')}`
    : address;
}

function parsed(
  contracts: Contracts,
  address: string,
): { readonly metric: Metric | undefined; readonly tbl: string } {
  const [id = '', tbl = 'all', ...rest] = address.split('/');
  return { metric: rest.length > 0 ? undefined : contracts.metrics.get(id), tbl };
}

/** What somebody typed is said back only where it could be an address. */
function shown(address: string): string {
  return /^[a-z0-9_]{1,80}(\/[a-z0-9_+]{1,160})?$/.test(address) ? address : 'one of the tables';
}
