import type { DataSource } from 'typeorm';
import { type HostRole, hostRole } from '../access/host-account.ts';
import { makeLink } from '../access/sessions.ts';
import type { Settings } from '../config.ts';
import { serverAddress } from './server-address.ts';

export async function makeSignInAddress(
  gate: DataSource,
  role: HostRole,
  dataDir: string,
  settings: Settings,
): Promise<string> {
  const secret = await makeLink(gate, await hostRole(gate, role));
  return `${serverAddress(dataDir, settings)}/sign-in/link/${secret}`;
}
