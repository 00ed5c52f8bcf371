/** The lock file matches package.json, pins exactly, and names no server that packages came from. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const complaints = [];
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range)) complaints.push(`${name} is not pinned exactly: ${range}`);
}
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
for (const [path, entry] of Object.entries(lock.packages)) {
  if (entry.resolved !== undefined && !entry.resolved.startsWith('https://registry.npmjs.org/')) {
    complaints.push(`${path} records where it was downloaded from`);
  }
  if (path !== '' && entry.integrity === undefined && entry.link !== true && entry.inBundle !== true) {
    complaints.push(`${path} has no integrity hash`);
  }
}
const tree = spawnSync('npm', ['ls', '--all', '--json', '--package-lock-only'], {
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
});
for (const problem of JSON.parse(tree.stdout).problems ?? []) complaints.push(problem);
for (const complaint of complaints) console.error(complaint);
console.log(`${Object.keys(lock.packages).length} packages locked, ${complaints.length} complaints`);
process.exit(complaints.length > 0 ? 1 : 0);
