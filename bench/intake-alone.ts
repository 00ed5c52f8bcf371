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
const { outcome } = await takeDelivery(
  { loader, surrogateKey: Buffer.alloc(32, 7), requestedBy: 'bench', onProgress: () => {} },
  folder,
);
// As far as the commit; what is found across rows comes after it, in a stage of its own.
const [stage] = await loader.query<{ seconds: string }[]>(
  `SELECT extract(epoch FROM ended_at - started_at) AS seconds FROM ledger.stage
   WHERE name = 'load' AND outcome = 'succeeded' ORDER BY id DESC LIMIT 1`,
);
const seconds = Number(stage?.seconds);
await loader.destroy();
if (outcome !== 'loaded') throw new Error(`the delivery was ${outcome}`);
process.send?.({ seconds, megabytes: process.resourceUsage().maxRSS / 1024 } satisfies IntakeAlone);
