import { execFileSync, spawnSync } from 'node:child_process';

/** Installs what is missing, as root; otherwise names the packages, since a check that skips proves nothing. */
export function needPackages(...packages: readonly string[]): void {
  const missing = packages.filter((name) => spawnSync('dpkg', ['-s', name]).status !== 0);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) throw new Error(`install these Debian packages first: ${missing.join(' ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env: environment });
  execFileSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...missing], {
    stdio: 'inherit',
    env: environment,
  });
}
