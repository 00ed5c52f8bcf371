import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sizes } from '../etl/synthesize/size.ts';
import { synthesize } from '../etl/synthesize/synthesize.ts';
import { loadContracts } from '../src/contracts/contracts.ts';
import { median, type Run } from './harness.ts';

/**
 * The demo from nothing to closed deliveries, the same as raw files only, and a stretch of a state. Memory is the
 * peak of the process, so it grows over the three; flat memory shows in the last not needing more than its share.
 */
export const run: Run = ({ runs }) => {
  const contracts = loadContracts();
  const out = mkdtempSync(join(tmpdir(), 'tessera-synthesize-'));
  const state = { ...sizes.state, people: 200_000 };
  const seconds = (order: Omit<Parameters<typeof synthesize>[1], 'out' | 'seed'>): number =>
    median(
      Array.from({ length: runs }, () => {
        const start = performance.now();
        synthesize(contracts, { ...order, seed: 1, out });
        return (performance.now() - start) / 1000;
      }),
    );
  const encoded = seconds({ size: sizes.demo });
  const raw = seconds({ size: sizes.demo, rawOnly: true });
  const stretch = seconds({ size: state, rawOnly: true });
  rmSync(out, { recursive: true });
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  return Promise.resolve([
    { what: 'demo, with encoded deliveries', value: encoded, unit: 's' },
    { what: 'demo, raw files only', value: raw, unit: 's' },
    { what: 'state, raw files only', value: state.people / stretch, unit: 'people/s' },
    { what: 'peak memory of all', value: memory, unit: 'MB' },
  ]);
};
