/**
 * Whether a night is due: none has begun since the last time that the clock showed its hour (UTC). A hub that was off
 * then finds it due when it is on again, and once only. One that never had a night waits for its first hour.
 */
export function nightDue(hour: number, lastBegan: Date, now: Date): boolean {
  const latest = new Date(now);
  latest.setUTCHours(hour, 0, 0, 0);
  if (latest > now) latest.setUTCDate(latest.getUTCDate() - 1);
  return lastBegan < latest;
}
