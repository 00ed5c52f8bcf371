/**
 * Who acts on the hub's own host: somebody whom the hub knows, or the host's own account for a role. What they may do says the
 * same policy that the server asks, and it is on record with how it ended.
 */
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { hostRole } from '../../access/host-account.ts';
import { judge, nothingHere, type Permission } from '../../access/permit.ts';
import { asReader, type RoleInForce, rolesInForce } from '../../access/roles-held.ts';
import { auditEntry, outcomeOf } from '../../audit/entry.ts';
import { openRecorder } from '../../audit/recorder.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import type { Actor } from '../../datasets/request.ts';
import { Misuse } from '../../errors.ts';
import { asGatekeeper } from '../as-gatekeeper.ts';
import type { Hub } from '../hub.ts';

export interface AsWhom {
  /** An e-mail address or an id; the host's own account without. */
  readonly as?: string | undefined;
  readonly role: string;
  readonly county?: string | undefined;
}

export interface HostWork {
  readonly api: DataSource;
  readonly hub: Hub;
  readonly permission: Permission;
  readonly by: Actor;
}

export async function asHostReader<T>(
  operation: string,
  whom: AsWhom,
  work: (given: HostWork) => Promise<T>,
): Promise<T> {
  return asGatekeeper(`dataset: ${operation}`, async (gate, hub) => {
    const role = await roleOf(gate, whom);
    const reader = { ...asReader(role, { channel: 'session', factors: 2 }) };
    const verdict = judge(loadContracts().accessPolicy, reader, operation);
    const recorder = openRecorder(await hub.as('recorder'));
    const record = (outcome: string): Promise<void> =>
      recorder.record(
        auditEntry(
          randomUUID(),
          { ...reader, channel: 'host' },
          {
            purpose: 'permission' in verdict ? verdict.permission.purpose : null,
            operations: [operation],
            tables: 'permission' in verdict ? verdict.permission.operation.tables : [],
            outcome,
          },
        ),
      );
    try {
      if (!('permission' in verdict)) {
        await record(`refused: ${verdict.refusal}`);
        throw nothingHere();
      }
      const { permission } = verdict;
      const by = { person: role.person, name: role.name, role: role.role };
      const answer = await attempt(work({ api: await hub.as('api'), hub, permission, by }));
      await record('error' in answer ? outcomeOf(answer.error) : 'answered');
      if ('error' in answer) throw answer.error;
      return answer.value;
    } finally {
      await recorder.close();
    }
  });
}

async function attempt<T>(work: Promise<T>): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await work };
  } catch (error) {
    return { error };
  }
}

async function roleOf(gate: DataSource, { as, role, county }: AsWhom): Promise<RoleInForce> {
  const held = as === undefined ? await hostRole(gate, { role, county }) : null;
  const [found] = await gate.query<RoleInForce[]>(
    `SELECT r.* FROM ${rolesInForce} r JOIN access.person p ON p.id = r.person
     WHERE ($1::uuid IS NULL OR r.held = $1) AND ($2::text IS NULL OR p.email = lower($2) OR p.id::text = $2) AND r.role = $3
       AND ($4::text IS NULL OR r.county = $4) ORDER BY r.held LIMIT 1`,
    [held, as ?? null, role, county ?? null],
  );
  if (found !== undefined) return found;
  throw new Misuse('NOBODY', `nobody of that name holds the role ${role}`, {
    remedy: 'npx tessera people list names people and their roles; `people add` lets somebody in.',
  });
}
