/** Import direction. It must have looked at something: a parser that reads no module also finds no violation. */
import { spawnSync } from 'node:child_process';

const folders = ['src', 'etl', 'web', 'reports', 'migrations'];
const run = spawnSync(
  'depcruise',
  [...folders, 'ormconfig.ts', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
  {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  },
);
if (run.stdout === '') {
  console.error(run.stderr);
  process.exit(1);
}
const { modules, summary } = JSON.parse(run.stdout);
const own = modules.filter((module) => folders.some((folder) => module.source.startsWith(`${folder}/`)));
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
console.log(`${own.length} modules looked at, ${summary.violations.length} imports against the rules`);
const imports = own.reduce((sum, module) => sum + module.dependencies.length, 0);
if (own.length < 20 || imports < 20)
  console.error('too few modules or imports were seen: the check itself is broken');
process.exit(summary.violations.length > 0 || own.length < 20 || imports < 20 ? 1 : 0);
