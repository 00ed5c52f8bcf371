import type { Command } from 'commander';
import { Misuse } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';

interface Json {
  readonly json?: boolean;
}

interface MakeOptions extends Json {
  readonly period?: string;
  readonly corrects?: number;
  readonly policy?: string;
  readonly candidate?: string;
  readonly today?: string;
}

export function addRelease(program: Command): void {
  const release = program
    .command('release')
    .description('protected releases: the only figures that leave the hub');

  release
    .command('make')
    .description('make what the calendar says is due, or the release of one period')
    .option('--period <period>', 'a closed month, quarter or year: 2025-09, 2025-Q3, 2025')
    .option('--corrects <number>', 'the release of that period that this one corrects', number)
    .option('--policy <id>', 'a policy of schema/policies (default: calhhs-ddg-2)')
    .option('--candidate <id>', 'the candidate to release (default: the newest)')
    .option('--today <date>', 'the day for which to ask the calendar (default: today)')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples('release make', 'release make --period 2025', 'release make --period 2025 --corrects 3'),
    )
    .action(async (options: MakeOptions) => {
      const { makeReleases } = await import('../make-releases.ts');
      const made = await makeReleases(options);
      if (options.json === true) printJson({ made });
      else if (made.length === 0) print('Nothing is due. A period can be named: --period 2025');
      else for (const one of made) print(describeMade(one));
    });

  release
    .command('list')
    .description('every release, withdrawn ones too')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('release list', 'release list --json'))
    .action(async (options: Json) => {
      const { listed } = await import('../read-releases.ts');
      const releases = await listed();
      if (options.json === true) printJson(releases);
      else if (releases.length === 0) print('No releases yet: npx tessera release make');
      else
        for (const { number: n, period, state, closedOn, corrects, withdrawnBecause } of releases)
          print(
            `${String(n).padStart(4)}  ${(period ?? '').padEnd(8)} ${state.padEnd(12)} closed ${closedOn}` +
              `${corrects === null ? '' : `  corrects ${corrects}`}${withdrawnBecause === null ? '' : `  (${withdrawnBecause})`}`,
          );
    });

  release
    .command('show <number>')
    .description('what a release holds, what it hides by county and by race and ethnicity, and who signed it')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('release show 3', 'release show 3 --json'))
    .action(async (n: string, options: Json) => {
      const { shown, describeShown } = await import('../read-releases.ts');
      const found = await shown(number(n));
      if (options.json === true) printJson(found);
      else print(describeShown(found));
    });

  release
    .command('revisions <number>')
    .description('figures that it gives otherwise than an earlier release, with the reason; for the steward')
    .option('--since <number>', 'the earlier release (default: the one before)', number)
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('release revisions 3', 'release revisions 3 --since 1 --json'))
    .action(async (n: string, options: Json & { since?: number }) => {
      const { revised, describeRevisions } = await import('../read-releases.ts');
      const found = await revised(number(n), options.since);
      if (options.json === true) printJson(found);
      else print(describeRevisions(found));
    });

  release
    .command('verify <number>')
    .description('check signatures, hashes, facts and proof again, by adding up alone')
    .option('--again', 'also make it again from its candidate and compare every byte')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('release verify 3', 'release verify 3 --again --json'))
    .action(async (n: string, options: Json & { again?: boolean }) => {
      const { verified } = await import('../read-releases.ts');
      const findings = await verified(number(n), options.again === true);
      if (options.json === true) printJson({ release: number(n), holds: findings.length === 0, findings });
      else if (findings.length === 0) print(`release ${n} holds: signed, made of its facts, and safe`);
      else
        for (const { code, audience, cells } of findings)
          print(`${code}${audience === undefined ? '' : ` (${audience})`}: ${cells.length} figures or cells`);
      if (findings.length > 0) process.exitCode = 2;
    });

  release
    .command('withdraw <number>')
    .description('take a release out of every surface; its number and the reason stay')
    .requiredOption('--because <reason>', 'the reason, for everybody to read')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('release withdraw 3 --because "a delivery was wrong"'))
    .action(async (n: string, options: Json & { because: string }) => {
      const { withdrawn } = await import('../read-releases.ts');
      await withdrawn(number(n), options.because);
      if (options.json === true) printJson({ release: number(n), state: 'withdrawn' });
      else print(`release ${n} is withdrawn; what was seen of it still counts in every later audit`);
    });
}

function number(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1 || value > 2_147_483_647)
    throw new Misuse('NOT_A_RELEASE', 'a release has a whole number from 1', {
      remedy: 'npx tessera release list',
    });
  return value;
}

function describeMade(one: {
  number: number;
  period: string;
  state: string;
  figures: number;
  hidden: number;
}): string {
  return `release ${one.number} of ${one.period} (${one.state}): ${one.figures} figures, ${one.hidden} of them hidden`;
}
