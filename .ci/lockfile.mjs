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
  // A build for another platform may be locked by version alone, where the registry at hand did not carry it.
  const foreign = entry.optional === true && entry.os !== undefined;
  if (path !== '' && entry.integrity === undefined && !foreign)
    complaints.push(`${path} has no integrity hash`);
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!isLocked(path, name))
      complaints.push(`${path} may need ${name}, which is not locked: npm ci would refuse`);
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

/** Looks where Node would: beside the package, then in every folder above. */
function isLocked(from, name) {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('/node_modules/'))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in lock.packages) return true;
    if (!folder.includes('/node_modules/')) return `node_modules/${name}` in lock.packages;
  }
}
