/** How often somebody may try a password: by account and by network, in a quarter of an hour. */
export interface Attempts {
  allow(account: string, network: string): boolean;
  forget(account: string): void;
}

const window = 15 * 60_000;
const perAccount = 10;
const perNetwork = 100;
const mostRemembered = 50_000;

export function openAttempts(now: () => number = Date.now): Attempts {
  const tried = new Map<string, { count: number; since: number }>();
  const count = (key: string): number => {
    const found = tried.get(key);
    const current = found === undefined || now() - found.since > window ? { count: 0, since: now() } : found;
    current.count++;
    // The oldest are forgotten first, so that a flood of names takes a bounded memory.
    tried.delete(key);
    tried.set(key, current);
    if (tried.size > mostRemembered) tried.delete(tried.keys().next().value ?? '');
    return current.count;
  };
  const keyOf = (account: string): string => `account ${account.trim().toLowerCase().slice(0, 320)}`;
  return {
    allow: (account, network) =>
      count(keyOf(account)) <= perAccount && count(`network ${network}`) <= perNetwork,
    forget: (account) => void tried.delete(keyOf(account)),
  };
}
