import { Refused } from '../../src/errors.ts';
import { dateReader } from './clk-date.ts';
import { type Comparison, readInteger, roundHalfEven, type Strategy } from './clk-tokens.ts';

export type ClkHash = 'blakeHash' | 'doubleHash';
type Encoding = 'ascii' | 'utf-8' | 'utf-16' | 'utf-32';

export interface ClkFeature {
  readonly identifier: string;
  readonly comparison: Comparison;
  readonly strategy: Strategy;
  readonly hash: ClkHash;
  readonly preventSingularity: boolean;
  readonly encoding: Encoding;
  /** The text to be cut into tokens, or undefined when the value breaks the feature's format. */
  readonly format: (value: string) => string | undefined;
}

export interface ClkSchema {
  readonly bits: number;
  readonly folds: number;
  readonly kdf: {
    readonly hash: 'sha256' | 'sha512';
    readonly salt: Uint8Array;
    readonly info: Uint8Array;
    readonly keyBytes: number;
  };
  /** An ignored feature is undefined; it still takes its place among the keys. */
  readonly features: readonly (ClkFeature | undefined)[];
  readonly identifiers: readonly string[];
}

type Json = Record<string, unknown>;

/**
 * Reads a linkage schema as clkhash does. Versions 1 and 2 are carried over to 3 first. One trap is kept: folds
 * are read from `xor_folds`, and the documented `xorFolds` has no effect, because data encoded by clkhash had none.
 */
export function readClkSchema(document: unknown): ClkSchema {
  const schema = upToVersion3(object(document, 'the schema'));
  const config = object(schema['clkConfig'], 'clkConfig');
  const kdf = object(config['kdf'], 'clkConfig.kdf');
  if (kdf['type'] !== 'HKDF') throw broken('clkConfig.kdf.type is not HKDF');
  const hash = kdf['hash'] ?? 'SHA256';
  if (hash !== 'SHA256' && hash !== 'SHA512') throw broken('clkConfig.kdf.hash is neither SHA256 nor SHA512');
  const features = schema['features'];
  if (!Array.isArray(features) || features.length === 0) throw broken('features is not a list');
  const entries = features.map((feature, i) => object(feature, `feature ${i + 1}`));
  const keyBytes = whole(kdf['keySize'] ?? 64, 'clkConfig.kdf.keySize', 1);
  const digestBytes = hash === 'SHA256' ? 32 : 64;
  if (2 * entries.length * keyBytes > 255 * digestBytes)
    throw broken(`${entries.length} features need more key material than HKDF with ${hash} gives`);
  const read = entries.map((entry, i) => (entry['ignored'] === true ? undefined : readFeature(entry, i)));
  const bits = whole(config['l'], 'clkConfig.l', 1);
  const folds = whole(config['xor_folds'] ?? 0, 'clkConfig.xor_folds', 0);
  const length = bits * 2 ** folds;
  if (length > 2 ** 20) throw broken('clkConfig.l with its folds is longer than 1,048,576 bits');
  const blake = read.some((feature) => feature?.hash === 'blakeHash');
  if (blake && !Number.isInteger(Math.log2(length)))
    throw broken('clkConfig.l with its folds is not a power of two, which blakeHash needs');
  if (blake && keyBytes > 64)
    throw broken('clkConfig.kdf.keySize is above 64, the most that blakeHash takes');
  return {
    bits,
    folds,
    kdf: {
      hash: hash === 'SHA256' ? 'sha256' : 'sha512',
      salt: base64(kdf['salt']),
      info: base64(kdf['info']),
      keyBytes,
    },
    features: read,
    identifiers: entries.map((entry, i) => text(entry['identifier'], `feature ${i + 1}: identifier`)),
  };
}

function readFeature(entry: Json, index: number): ClkFeature {
  const at = `feature ${index + 1}`;
  const hashing = object(entry['hashing'], `${at}: hashing`);
  const hash = object(hashing['hash'] ?? { type: 'blakeHash' }, `${at}: hash`);
  if (hash['type'] !== 'blakeHash' && hash['type'] !== 'doubleHash')
    throw broken(`${at}: hash.type is neither blakeHash nor doubleHash`);
  const format = object(entry['format'], `${at}: format`);
  const missing = hashing['missingValue'];
  return {
    identifier: text(entry['identifier'], `${at}: identifier`),
    comparison: readComparison(object(hashing['comparison'], `${at}: comparison`), at),
    strategy: readStrategy(object(hashing['strategy'], `${at}: strategy`), at),
    hash: hash['type'],
    preventSingularity: hash['prevent_singularity'] === true,
    encoding: readEncoding(format, at),
    format: withMissing(missing === undefined ? undefined : object(missing, at), readFormat(format, at), at),
  };
}

function withMissing(
  missing: Json | undefined,
  regular: (value: string) => string | undefined,
  at: string,
): (value: string) => string | undefined {
  if (missing === undefined) return regular;
  const sentinel = text(missing['sentinel'], `${at}: missingValue.sentinel`);
  const replacement = text(missing['replaceWith'] ?? sentinel, `${at}: missingValue.replaceWith`);
  return (value) => (value === sentinel ? replacement : regular(value));
}

function readFormat(format: Json, at: string): (value: string) => string | undefined {
  switch (format['type']) {
    case 'string':
      return stringFormat(format, at);
    case 'integer': {
      const [low, high] = [format['minimum'], format['maximum']].map((bound) =>
        bound === undefined ? undefined : BigInt(whole(bound, `${at}: bound`, Number.MIN_SAFE_INTEGER)),
      );
      return (value) => {
        const integer = readInteger(value);
        if (integer === undefined) return undefined;
        const outside = (low !== undefined && integer < low) || (high !== undefined && integer > high);
        return outside ? undefined : String(integer);
      };
    }
    case 'date': {
      const reader = dateReader(text(format['format'], `${at}: format.format`));
      if (reader === undefined) throw broken(`${at}: the date format has a directive that is not supported`);
      return reader;
    }
    case 'enum': {
      const values = new Set(Array.isArray(format['values']) ? (format['values'] as unknown[]) : []);
      return (value) => (values.has(value) ? value : undefined);
    }
    default:
      throw broken(`${at}: format.type is not string, integer, date or enum`);
  }
}

function stringFormat(format: Json, at: string): (value: string) => string | undefined {
  const ascii = format['encoding'] === 'ascii';
  const encodable = (value: string): boolean => (ascii ? isAscii(value) : value.isWellFormed());
  if (format['pattern'] !== undefined) {
    const source = text(format['pattern'], `${at}: format.pattern`);
    let pattern: RegExp;
    try {
      pattern = new RegExp(`^(?:${source})$`, 'u');
    } catch (cause) {
      throw new Refused('CLK_SCHEMA', `${at}: format.pattern is not a regular expression`, { cause });
    }
    return (value) => (encodable(value) && pattern.test(value) ? value : undefined);
  }
  const shortest = whole(format['minLength'] ?? 0, `${at}: format.minLength`, 0);
  const longest = whole(format['maxLength'] ?? Number.MAX_SAFE_INTEGER, `${at}: format.maxLength`, 1);
  return (value) => {
    if (!encodable(value)) return undefined;
    if (format['case'] === 'upper' && value.toUpperCase() !== value) return undefined;
    if (format['case'] === 'lower' && value.toLowerCase() !== value) return undefined;
    if (shortest === 0 && value.length <= longest) return value;
    const characters = Array.from(value).length;
    return characters < shortest || characters > longest ? undefined : value;
  };
}

function isAscii(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) > 127) return false;
  return true;
}

function readEncoding(format: Json, at: string): Encoding {
  const encoding = format['type'] === 'string' ? (format['encoding'] ?? 'utf-8') : 'utf-8';
  if (encoding !== 'ascii' && encoding !== 'utf-8' && encoding !== 'utf-16' && encoding !== 'utf-32')
    throw broken(`${at}: format.encoding is not ascii, utf-8, utf-16 or utf-32`);
  return encoding;
}

function readComparison(comparison: Json, at: string): Comparison {
  switch (comparison['type']) {
    case 'ngram':
      return {
        type: 'ngram',
        n: whole(comparison['n'], `${at}: comparison.n`, 1),
        positional: comparison['positional'] === true,
      };
    case 'exact':
      return { type: 'exact' };
    case 'numeric': {
      const distance = comparison['thresholdDistance'];
      const precision = whole(comparison['fractional_precision'] ?? 0, `${at}: fractional_precision`, 0);
      if (typeof distance !== 'number' || roundHalfEven(distance * 10 ** precision) < 1)
        throw broken(`${at}: comparison.thresholdDistance is too small for the fractional precision`);
      return {
        type: 'numeric',
        thresholdDistance: distance,
        resolution: whole(comparison['resolution'], `${at}: comparison.resolution`, 1),
        fractionalPrecision: precision,
      };
    }
    default:
      throw broken(`${at}: comparison.type is not ngram, exact or numeric`);
  }
}

function readStrategy(strategy: Json, at: string): Strategy {
  if (strategy['bitsPerToken'] !== undefined)
    return { bitsPerToken: whole(strategy['bitsPerToken'], `${at}: strategy.bitsPerToken`, 1) };
  return { bitsPerFeature: whole(strategy['bitsPerFeature'], `${at}: strategy.bitsPerFeature`, 1) };
}

function upToVersion3(schema: Json): Json {
  if (schema['version'] === 3) return schema;
  if (schema['version'] !== 1 && schema['version'] !== 2) throw broken('version is not 1, 2 or 3');
  const config = object(schema['clkConfig'], 'clkConfig');
  const features = Array.isArray(schema['features']) ? (schema['features'] as Json[]) : [];
  return {
    version: 3,
    clkConfig: config,
    features: features.map((feature) => featureUpToVersion3(feature, schema['version'] === 1, config)),
  };
}

function featureUpToVersion3(feature: Json, first: boolean, config: Json): Json {
  if (feature['ignored'] === true) return feature;
  const old = object(feature['hashing'], 'hashing');
  const weight = first ? Number(old['weight'] ?? 1) : 1;
  if (weight === 0) return { identifier: feature['identifier'], ignored: true };
  const strategy = (old['strategy'] ?? {}) as Json;
  const perToken = first ? roundHalfEven(weight * Number(config['k'])) : strategy['k'];
  const hashing: Json = {
    comparison: { type: 'ngram', n: old['ngram'], positional: old['positional'] ?? false },
    strategy: perToken === undefined ? { bitsPerFeature: strategy['numBits'] } : { bitsPerToken: perToken },
    ...(first ? pick(config, 'hash') : pick(old, 'hash')),
    ...pick(old, 'missingValue'),
  };
  return { ...feature, hashing };
}

function pick(from: Json, name: string): Json {
  return from[name] === undefined ? {} : { [name]: from[name] };
}

function object(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw broken(`${what} is missing`);
  return value as Json;
}

function text(value: unknown, what: string): string {
  if (typeof value !== 'string') throw broken(`${what} is not a text`);
  return value;
}

function whole(value: unknown, what: string, least: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least)
    throw broken(`${what} is not a whole number${least > Number.MIN_SAFE_INTEGER ? ` from ${least}` : ''}`);
  return value;
}

function base64(value: unknown): Uint8Array {
  return Uint8Array.from(Buffer.from(typeof value === 'string' ? value : '', 'base64'));
}

function broken(message: string): Refused {
  return new Refused('CLK_SCHEMA', `the linkage schema is not usable: ${message}`);
}
