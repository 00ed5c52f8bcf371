import type { Command } from 'commander';
import type { HostRole } from '../../access/host-account.ts';

export interface RoleOptions {
  readonly role: string;
  readonly county?: string;
  readonly agency?: string;
  readonly agreement?: string;
  readonly purpose?: string[];
}

/** The options by which several commands name a role as it is held. */
export function withRoleOptions(command: Command): Command {
  return command
    .requiredOption('--role <role>', 'steward, operator, county-analyst, state-analyst … (docs/access.md)')
    .option('--county <fips>', 'the county that the role is held for')
    .option('--agency <id>', 'the agency that the role is held for')
    .option('--agreement <id>', 'the agreement that the role rests on, and ends with')
    .option('--purpose <purpose...>', 'what for; all that the role may be held for, if left out');
}

export function roleIn(options: RoleOptions): HostRole {
  const { role, county, agency, agreement, purpose } = options;
  return { role, county, agency, agreement, purposes: purpose };
}
