import { performance } from 'node:perf_hooks';
import { type Order, type Protection, protect } from '../../src/disclosure/protect/protect.ts';
import type { Table } from '../../src/disclosure/table.ts';
import { verifyCertificate } from '../../src/disclosure/verify.ts';

/**
 * Protected, and its certificate checked by the program that only adds up; a bench of tables that do not pass is none. Its
 * seconds are those of both, by the clock and of the processor, all its threads together.
 */
export async function safe(table: Table, order: Order): Promise<Protection & { readonly processor: number }> {
  const began = performance.now();
  const before = process.cpuUsage();
  const result = await protect(table, order);
  if (result.refused) throw new Error(`refused: ${result.reason}`);
  const findings = verifyCertificate(table, order.policy, result.certificate);
  if (findings.length > 0) throw new Error(`the certificate does not hold: ${findings[0]?.code}`);
  const { user, system } = process.cpuUsage(before);
  return { ...result, seconds: (performance.now() - began) / 1000, processor: (user + system) / 1e6 };
}
