import type { Command } from 'commander';
import type { FeedQuality } from '../../deliveries/quality.ts';
import type { Trend } from '../../deliveries/trend.ts';
import { examples, print, printJson } from '../terminal.ts';

export function addQuality(program: Command): void {
  program
    .command('quality [agency]')
    .description('what deliveries came to, by record type and rule, against what is usual there')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('quality', 'quality CW-1', 'quality CW-1 --json'))
    .action(async (agency: string | undefined, options: { json?: boolean }) => {
      const [{ readSettings }, { withHub }, { migrateUp }, { qualityOf }, { requireAgency }] =
        await Promise.all([
          import('../../config.ts'),
          import('../hub.ts'),
          import('../../db/migrate.ts'),
          import('../../deliveries/quality.ts'),
          import('../../sources/agency.ts'),
        ]);
      const feeds = await withHub(readSettings(), 'quality', async (hub) => {
        await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
        const loader = await hub.as('loader');
        if (agency !== undefined) await requireAgency(loader, agency);
        return qualityOf(loader, agency);
      });
      if (options.json) printJson(feeds);
      else print(feeds.length === 0 ? 'No deliveries yet' : feeds.map(describe).join('\n\n'));
    });
}

/** A feed's newest deliveries; more are in the JSON. */
const shown = 5;

function describe({ agency, record, kind, deliveries, rules }: FeedQuality): string {
  const lines = [`${agency}  ${record} (${kind}), ${deliveries.length} deliveries`];
  lines.push(
    `  ${'as of'.padEnd(17)} ${columns('rows', 'usual', 'accepted', 'rejected', 'waiting', '% rej.', 'usual')}`,
  );
  for (const { asOf, rows, accepted, rejected, quarantined, rejectedShare } of deliveries.slice(-shown)) {
    const share = percent(rejectedShare.value);
    const usual = rejectedShare.usual === null ? '–' : percent(rejectedShare.usual);
    lines.push(
      `  ${asOf.slice(0, 16).padEnd(17)} ${columns(rows.value, rows.usual ?? '–', accepted, rejected, quarantined, share, usual)}`,
    );
  }
  for (const { rule, severity, series } of rules) {
    const newest = series.at(-1) as Trend;
    lines.push(`  ${rule}  ${severity.padEnd(14)} ${newest.value} rows${against(newest)}`);
  }
  return lines.join('\n');
}

function against({ usual, change }: Trend): string {
  if (usual === null || change === null) return '';
  return change === 0 ? `, as usual` : `, ${Math.abs(change)} ${change > 0 ? 'more' : 'fewer'} than usual`;
}

function columns(...values: readonly (string | number)[]): string {
  return values.map((value) => String(value).padStart(9)).join('');
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}
