import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/access/permit.ts';
import { anybody, type Reader } from '../../src/access/reader.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';

const policy = loadContracts().accessPolicy;
const counties = ['06001', '06037'];
const purposes = ['program_evaluation', 'oversight', 'hub_operation', 'research', 'state_report'];

const readers: fc.Arbitrary<Reader> = fc.record({
  person: fc.constantFrom('11111111-1111-8111-8111-111111111111', null),
  name: fc.constant(null),
  role: fc.constantFrom(...policy.roles.keys(), 'no-such-role'),
  county: fc.constantFrom(...counties, null),
  agency: fc.constantFrom('CW-1', 'CW-2', null),
  purposes: fc.subarray(purposes),
  agreed: fc.record({ held: fc.subarray(purposes), county: fc.subarray(purposes) }),
  factors: fc.constantFrom(0 as const, 1 as const, 2 as const),
  channel: fc.constantFrom('anybody' as const, 'session' as const, 'token' as const, 'bearer' as const),
  held: fc.constant(null),
  scopes: fc.constantFrom(['*'], ['terms'], ['deliver', 'register']),
});
const targets = fc.record({
  county: fc.constantFrom(...counties, null, undefined),
  agency: fc.constantFrom('CW-1', 'CW-2', null, undefined),
});
const operations = fc.constantFrom(...policy.operations.keys(), 'noSuchOperation', '__proto__');

describe('the policy', () => {
  test('lets nobody see a county, an agency or a person that is not theirs, whatever else is true', () => {
    fc.assert(
      fc.property(readers, operations, targets, (reader, name, target) => {
        const verdict = judge(policy, reader, name, target);
        if (!('permission' in verdict)) return;
        const { claims, operation } = verdict.permission;
        const reach = operation.reach.get(reader.role);
        expect(reach).toBeDefined();
        if (reach !== 'all') {
          expect(claims.audit).toBeUndefined();
          expect([undefined, reader.county]).toContain(claims.county);
          expect([undefined, reader.agency]).toContain(claims.agency);
          expect(claims.county).not.toBe('*');
        }
        if (reach === 'own') expect([undefined, null, reader.county]).toContain(target.county);
        if (reach === 'agency') expect([undefined, null, reader.agency]).toContain(target.agency);
        expect([undefined, reader.person]).toContain(claims.person);
      }),
      { numRuns: 5000 },
    );
  });

  test('never gives more for less: taking away a purpose, a scope, a factor or the role refuses no less', () => {
    fc.assert(
      fc.property(readers, operations, targets, (reader, name, target) => {
        const allowed = (changed: Partial<Reader>) =>
          'permission' in judge(policy, { ...reader, ...changed }, name, target);
        const before = allowed({});
        for (const less of [
          { purposes: [] },
          { scopes: [] },
          { role: 'no-such-role' },
          { factors: 0 as const },
        ])
          expect(before || !allowed(less)).toBe(true);
        expect(allowed({ purposes: [] })).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });

  test('asks of an operation under agreement that one in force allows the purpose', () => {
    const operation = policy.operations.get('register');
    if (operation === undefined) throw new Error('the policy has no register');
    const strict = (agreement: 'held' | 'county') => ({
      ...policy,
      operations: new Map([['register', { ...operation, agreement }]]),
    });
    const analyst: Reader = {
      ...anybody,
      person: '11111111-1111-8111-8111-111111111111',
      role: 'county-analyst',
      county: '06037',
      purposes: ['program_evaluation', 'state_report'],
      factors: 1,
      channel: 'token',
    };
    const by = (held: string[], county: string[]): Reader => ({ ...analyst, agreed: { held, county } });
    expect(judge(strict('held'), by([], []), 'register')).toEqual({ refusal: 'agreement' });
    expect(judge(strict('held'), by([], ['program_evaluation']), 'register')).toEqual({
      refusal: 'agreement',
    });
    expect(judge(strict('county'), by([], ['program_evaluation']), 'register')).toHaveProperty('permission');
    expect(judge(strict('held'), by(['program_evaluation'], []), 'register')).toHaveProperty('permission');
    expect(judge(strict('held'), by(['state_report'], []), 'register', {}, 'program_evaluation')).toEqual({
      refusal: 'agreement',
    });
    expect(judge(policy, analyst, 'register', {}, 'research')).toEqual({ refusal: 'purpose' });
  });
});
