/** One state in a process of its own: tells its parent how long it took, how many rows it has and how much memory it had at most. */
import { performance } from 'node:perf_hooks';
import type { Size } from '../etl/synthesize/size.ts';
import { synthesize } from '../etl/synthesize/synthesize.ts';
import { loadContracts } from '../src/contracts/contracts.ts';

export interface Wanted {
  readonly size: Size;
  readonly out: string;
  readonly rawOnly: boolean;
  readonly stress: boolean;
}

export interface MadeAlone {
  readonly seconds: number;
  /** Records of people and rows of content. */
  readonly rows: number;
  readonly megabytes: number;
}

const wanted = JSON.parse(process.argv[2] ?? '') as Wanted;
const contracts = loadContracts();
const start = performance.now();
const { linkageRows, contentRows } = synthesize(contracts, { ...wanted, seed: 1 });
const seconds = (performance.now() - start) / 1000;
process.send?.({
  seconds,
  rows: linkageRows + contentRows,
  megabytes: process.resourceUsage().maxRSS / 1024,
} satisfies MadeAlone);
