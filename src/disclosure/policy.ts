import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Refused } from '../errors.ts';
import { expectFields, expectId, expectIds, expectObject } from './reading.ts';

/**
 * The bar that a protected cell must clear. `B`: a reader of everything ever published still has to think
 * both 1 and the threshold possible. `exact`: no hidden cell can be worked out exactly.
 */
export type Bar = 'B' | 'exact';

/** What is protected, and against whom: data, read from schema/policies. */
export interface Policy {
  readonly id: string;
  readonly title: string;
  readonly authority: string;
  readonly audience: 'public' | 'secure';
  /** Counts from 1 to threshold − 1 are never shown. */
  readonly threshold: number;
  /** `shown`: every zero is published, so that a hidden cell is known to be at least 1. */
  readonly zeros: 'shown' | 'hideable';
  /** Whether zeros may be hidden after all where the bar cannot be met while they are shown. */
  readonly zerosGiveWay: boolean;
  readonly bar: Bar;
  /** A published total with hidden parts needs one more when all are at most this, or add up to less. */
  readonly lineRule?: { readonly everyAtMost: number; readonly sumBelow: number };
  /**
   * A cell of 1 is known to the one young person in it. What they must not find out: that a protected cell may
   * not be 1 or the threshold (`B`), exactly what it is (`exact`), or who else is alone in a cell (`alone`).
   */
  readonly singletons: Bar | 'alone' | 'ignored';
  /** Cells in which the largest contributors dominate are hidden whatever their size. */
  readonly dominance?: { readonly largest: number; readonly share: number; readonly within: number };
  /** Where all of a group share a sensitive attribute the count is hidden, however large it is. */
  readonly groupDisclosure: 'hidden' | 'allowed';
  /** Metrics whose shares say something sensitive of each one in a group, once all or none of it are counted. */
  readonly sensitiveShares?: readonly string[];
  readonly percentages: 'as-computed' | 'nces';
  /**
   * A level of detail at which less than this share of the cells that are not zero could be shown is in no release:
   * broken down by a single dimension, or by several crossed.
   */
  readonly leastShown?: { readonly single: number; readonly crossed: number };
}

const FIELDS = [
  'id',
  'title',
  'authority',
  'audience',
  'threshold',
  'zeros',
  'zerosGiveWay',
  'bar',
  'lineRule',
  'singletons',
  'dominance',
  'groupDisclosure',
  'sensitiveShares',
  'percentages',
  'leastShown',
  'marker',
  'notes',
];

export const DEFAULT_POLICY = 'calhhs-ddg-2';

/** A policy that ships with the product, by its id. */
export function namedPolicy(id: string): Policy {
  if (!/^[a-z0-9-]+$/.test(id)) throw new Refused('POLICY_UNKNOWN', `no policy has the id ${id}`);
  return readPolicyFile(schemaFile(`policies/${id}.yaml`));
}

/** schema/ lies beside src/ both in the sources and, one level further up, beside the built dist/. */
function schemaFile(path: string): string {
  const here = import.meta.dirname;
  const up = /[\\/]dist[\\/]src[\\/]disclosure$/.test(here) ? '../../..' : '../..';
  return `${here}/${up}/schema/${path}`;
}

export function readPolicyFile(file: string): Policy {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Refused('POLICY_UNREADABLE', `the policy file ${file} cannot be read`, { cause });
  }
  try {
    return readPolicy(parse(text));
  } catch (cause) {
    if (cause instanceof Refused)
      throw new Refused(cause.code, `${file}: ${cause.message}`, {
        ...(cause.remedy === undefined ? {} : { remedy: cause.remedy }),
        cause,
      });
    throw new Refused('POLICY_UNREADABLE', `the policy file ${file} is not YAML`, { cause });
  }
}

export function readPolicy(input: unknown): Policy {
  const source = expectObject(input, 'policy');
  const id = expectId(source['id'], 'policy');
  expectFields(source, FIELDS, `policy ${id}`);
  const threshold = whole(source['threshold'], `policy ${id}: threshold`);
  if (source['marker'] !== undefined && source['marker'] !== 'one')
    throw new Refused('POLICY_MARKER', `policy ${id}: marker can only be "one"`, {
      remedy: 'a marker that tells small cells from others lets a reader work hidden counts out',
    });
  return {
    id,
    title: expectId(source['title'], `policy ${id}: title`),
    authority: expectId(source['authority'], `policy ${id}: authority`),
    audience: oneOf(source['audience'] ?? 'public', ['public', 'secure'], `policy ${id}: audience`),
    threshold,
    zeros: oneOf(source['zeros'] ?? 'shown', ['shown', 'hideable'], `policy ${id}: zeros`),
    zerosGiveWay: oneOf(source['zerosGiveWay'] ?? false, [true, false], `policy ${id}: zerosGiveWay`),
    bar: oneOf(source['bar'] ?? 'B', ['B', 'exact'], `policy ${id}: bar`),
    ...readLineRule(source['lineRule'], id),
    singletons: oneOf(
      source['singletons'] ?? 'exact',
      ['B', 'exact', 'alone', 'ignored'],
      `policy ${id}: singletons`,
    ),
    ...readDominance(source['dominance'], id),
    groupDisclosure: oneOf(
      source['groupDisclosure'] ?? 'hidden',
      ['hidden', 'allowed'],
      `policy ${id}: groupDisclosure`,
    ),
    ...(source['sensitiveShares'] === undefined
      ? {}
      : { sensitiveShares: expectIds(source['sensitiveShares'], `policy ${id}: sensitiveShares`) }),
    percentages: oneOf(
      source['percentages'] ?? 'as-computed',
      ['as-computed', 'nces'],
      `policy ${id}: percentages`,
    ),
    ...readLeastShown(source['leastShown'], id),
  };
}

/** The policy as the command line changes it. `exact` sets the rules aside that only make sense under B. */
export function adjusted(policy: Policy, change: { threshold?: number; bar?: Bar }): Policy {
  const threshold = change.threshold ?? policy.threshold;
  const bar = change.bar ?? policy.bar;
  const { lineRule, ...rest } = policy;
  if (bar === 'exact')
    return { ...rest, threshold, bar, singletons: policy.singletons === 'ignored' ? 'ignored' : 'alone' };
  return { ...rest, threshold, bar, ...(lineRule === undefined ? {} : { lineRule }) };
}

function readLineRule(input: unknown, id: string): Pick<Policy, 'lineRule'> {
  if (input === undefined) return {};
  const rule = expectObject(input, `policy ${id}: lineRule`);
  expectFields(rule, ['everyAtMost', 'sumBelow'], `policy ${id}: lineRule`);
  return {
    lineRule: {
      everyAtMost: whole(rule['everyAtMost'], `policy ${id}: lineRule.everyAtMost`),
      sumBelow: whole(rule['sumBelow'], `policy ${id}: lineRule.sumBelow`),
    },
  };
}

function readDominance(input: unknown, id: string): Pick<Policy, 'dominance'> {
  if (input === undefined) return {};
  const rule = expectObject(input, `policy ${id}: dominance`);
  expectFields(rule, ['largest', 'share', 'within'], `policy ${id}: dominance`);
  return {
    dominance: {
      largest: whole(rule['largest'], `policy ${id}: dominance.largest`),
      share: fraction(rule['share'], `policy ${id}: dominance.share`),
      within: fraction(rule['within'], `policy ${id}: dominance.within`),
    },
  };
}

function readLeastShown(input: unknown, id: string): Pick<Policy, 'leastShown'> {
  if (input === undefined) return {};
  const rule = expectObject(input, `policy ${id}: leastShown`);
  expectFields(rule, ['single', 'crossed'], `policy ${id}: leastShown`);
  return {
    leastShown: {
      single: fraction(rule['single'], `policy ${id}: leastShown.single`),
      crossed: fraction(rule['crossed'], `policy ${id}: leastShown.crossed`),
    },
  };
}

function whole(input: unknown, where: string): number {
  if (!Number.isSafeInteger(input) || (input as number) < 1)
    throw new Refused('POLICY_VALUE', `${where}: a whole number from 1 was expected`);
  return input as number;
}

function fraction(input: unknown, where: string): number {
  if (typeof input !== 'number' || !(input > 0 && input <= 1))
    throw new Refused('POLICY_VALUE', `${where}: a share above 0 and up to 1 was expected`);
  return input;
}

function oneOf<Name extends string | boolean>(input: unknown, names: readonly Name[], where: string): Name {
  const name = names.find((name) => name === input);
  if (name === undefined)
    throw new Refused('POLICY_VALUE', `${where}: one of ${names.join(', ')} was expected`);
  return name;
}
