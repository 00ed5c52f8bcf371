import { permissionOf } from '../../layout/count-text.ts';
import type { Ports } from '../../ports.ts';
import type { EditionStanding } from '../../reports-port.ts';
import type { Visit } from '../../visit.ts';

/** The edition that the address names; what is no id names none. */
export async function editionNamed(visit: Visit, ports: Ports): Promise<EditionStanding | undefined> {
  const id = visit.params['edition'] ?? '';
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined;
  return ports.reports.one(permissionOf(visit), id);
}
