/** As whom a command acts, in the words that all commands about datasets share. */
import type { Command } from 'commander';
import { Misuse } from '../../../errors.ts';

export interface WhomOptions {
  readonly as?: string;
  readonly role: string;
  readonly county?: string;
  readonly json?: boolean;
}

export function withWhom(command: Command, role: string): Command {
  return command
    .option('--as <person>', 'whoever acts, by e-mail address or id (default: the hub’s host itself)')
    .option('--role <role>', 'the role in which they act', role)
    .option('--county <fips>', 'the county that the role is held for')
    .option('--json', 'answer as JSON');
}

export function requestId(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return text;
  throw new Misuse('NOT_A_REQUEST', 'a request is named by 32 digits in five groups', {
    remedy: 'npx tessera dataset request --list',
  });
}
