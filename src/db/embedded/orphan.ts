import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Unavailable } from '../../errors.ts';

/**
 * A hub that is killed leaves its server running, or only the server's pid file. The first is stopped, since
 * nobody else can own it (we hold the folder); the second is removed when no server of ours has that pid.
 */
export async function clearOrphan(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const pid = readPid(pidFile);
  if (pid === undefined) return;
  if (!servesCluster(pid, cluster)) {
    rmSync(pidFile, { force: true });
    return;
  }
  // SIGINT asks for a fast shutdown, SIGQUIT for an immediate one, after which recovery replays the log.
  for (const [signal, seconds] of [
    ['SIGINT', 20],
    ['SIGQUIT', 10],
  ] as const) {
    process.kill(pid, signal);
    for (let waited = 0; waited < seconds * 20; waited++) {
      if (!servesCluster(pid, cluster)) return;
      await sleep(50);
    }
  }
  throw new Unavailable('DATABASE_STUCK', `An earlier database server (process ${pid}) does not stop.`, {
    remedy: `Stop process ${pid} by hand, then start again.`,
  });
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** A postmaster's working folder is its cluster, which tells it from a process that inherited the number. */
function servesCluster(pid: number, cluster: string): boolean {
  try {
    if (process.platform === 'linux') {
      if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return false;
      return readlinkSync(`/proc/${pid}/cwd`) === cluster;
    }
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
