import type { Entry } from './entry.ts';

/** One step from a version to the next: what changed, and why. */
export interface Change {
  readonly version: number;
  readonly on: string;
  readonly what: string;
  readonly why: string;
}

/** Versions above the first that have no change with a reason are found here, whatever the contract is. */
export function readChanges(entry: Entry): Change[] {
  const changes = entry.list('changes').map((change) => {
    change.only('version', 'on', 'what', 'why');
    if (!change.has('why'))
      change.report('UNREASONED_CHANGE', 'a change of version says what changed and why');
    return {
      version: change.number('version'),
      on: change.date('on'),
      what: change.text('what'),
      why: change.optionalText('why') ?? '',
    };
  });
  const version = entry.has('version') ? entry.number('version') : 1;
  if (!Number.isInteger(version) || version < 1)
    entry.at('version').report('SHAPE', 'expects a whole number from 1');
  for (let step = 2; step <= version; step++) {
    if (changes.filter((change) => change.version === step).length !== 1) {
      entry
        .at('version')
        .report(
          'UNREASONED_CHANGE',
          `version ${step} needs exactly one entry under changes, with its reason`,
        );
    }
  }
  for (const change of changes) {
    if (change.version < 2 || change.version > version) {
      entry
        .at('changes')
        .report('UNREASONED_CHANGE', `names version ${change.version}, which this contract does not have`);
    }
  }
  return changes;
}
