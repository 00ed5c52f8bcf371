/** One delivery in a process of its own: tells its parent how long it took and how much memory it had at most. */
import { takeDelivery } from '../etl/intake.ts';
import { mapping } from '../src/app/mapping.ts';
import { connect } from '../src/db/data-source.ts';

export interface IntakeAlone {
  readonly seconds: number;
  readonly megabytes: number;
}

const [folder = '', url = ''] = process.argv.slice(2);
const loader = await connect(
  { label: 'bench', embedded: true, roleSecret: '', urlFor: () => url },
  'loader',
  mapping,
);
const start = performance.now();
const { outcome } = await takeDelivery(
  { loader, surrogateKey: Buffer.alloc(32, 7), requestedBy: 'bench', onProgress: () => {} },
  folder,
);
const seconds = (performance.now() - start) / 1000;
await loader.destroy();
if (outcome !== 'loaded') throw new Error(`the delivery was ${outcome}`);
process.send?.({ seconds, megabytes: process.resourceUsage().maxRSS / 1024 } satisfies IntakeAlone);
