import { readChanges } from './change.ts';
import type { CodeList } from './code-list.ts';
import { STATUSES } from './code-list.ts';
import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';

/** One node of the tree of holistic needs. */
export interface Need {
  readonly code: string;
  readonly label: string;
  readonly parent: string | undefined;
  readonly depth: number;
  readonly children: readonly string[];
  /** Belongs to the response from identification to 72 hours. */
  readonly immediate: boolean;
  /** Which of the ten time-sensitive needs of the first 72 hours it is. */
  readonly timeSensitive: number | undefined;
  readonly minorConsent: boolean;
  readonly never: string | undefined;
  /** The ancestor that stands for it; without `never` too, where it keeps a sensitive node company. */
  readonly heldAs: string | undefined;
  readonly place: Place;
}

export interface Needs {
  readonly version: number;
  readonly nodes: ReadonlyMap<string, Need>;
  /** The same tree as a code list, so that fields and mappings refer to it like to any other. */
  readonly asCodeList: CodeList;
}

interface Above {
  readonly code: string | undefined;
  readonly depth: number;
  readonly immediate: boolean;
  readonly minorConsent: boolean;
  readonly never: string | undefined;
  readonly heldAs: string | undefined;
}

/** A node takes from its parent what it does not say itself: immediate, minor consent, and what is never held. */
export function readNeeds(file: Entry): Needs {
  file.only(
    'list',
    'title',
    'about',
    'system',
    'version',
    'valid_from',
    'status',
    'source',
    'changes',
    'needs',
  );
  const nodes = new Map<string, Need>();
  const top: Above = {
    code: undefined,
    depth: 0,
    immediate: false,
    minorConsent: false,
    never: undefined,
    heldAs: undefined,
  };
  for (const entry of file.list('needs')) readNode(entry, top, nodes);
  const status = file.choice('status', STATUSES);
  const source = file.text('source');
  const validFrom = file.date('valid_from');
  return {
    version: file.number('version'),
    nodes,
    asCodeList: {
      name: file.text('list'),
      title: file.text('title'),
      codeSystem: file.text('system'),
      version: file.number('version'),
      attributes: {},
      note: undefined,
      keptFor: undefined,
      changes: readChanges(file),
      place: file.place,
      codes: [...nodes.values()].map((node) => ({
        code: node.code,
        label: node.label,
        status,
        source,
        validFrom,
        validTo: undefined,
        never: node.never,
        heldAs: node.heldAs,
        minorConsent: node.minorConsent,
        attributes: {},
        place: node.place,
      })),
    },
  };
}

function readNode(entry: Entry, above: Above, nodes: Map<string, Need>): void {
  entry.only('code', 'label', 'immediate', 'time_sensitive', 'minor_consent', 'never', 'held_as', 'needs');
  const code = entry.text('code');
  if (nodes.has(code)) entry.at('code').report('DUPLICATE', `${code} stands in the tree twice`);
  if (above.code !== undefined && !code.startsWith(`${above.code}.`)) {
    entry.at('code').report('REFERENCE', `does not begin with its parent's code ${above.code}`);
  }
  const marked = entry.has('never') || entry.has('held_as');
  const own: Above = {
    code,
    depth: above.depth + 1,
    immediate: entry.flag('immediate', above.immediate),
    minorConsent: entry.flag('minor_consent', above.minorConsent),
    never: entry.optionalText('never') ?? above.never,
    heldAs: marked ? entry.optionalText('held_as') : above.heldAs,
  };
  const timeSensitive = entry.optionalNumber('time_sensitive');
  nodes.set(code, {
    code,
    label: entry.text('label'),
    parent: above.code,
    depth: own.depth,
    children: entry.list('needs').map((child) => child.text('code')),
    immediate: own.immediate,
    timeSensitive,
    minorConsent: own.minorConsent,
    never: own.never,
    heldAs: own.heldAs,
    place: entry.place,
  });
  for (const child of entry.list('needs')) readNode(child, own, nodes);
}
