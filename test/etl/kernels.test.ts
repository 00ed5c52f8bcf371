import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileKernel, kernels, moduleFor } from '../../etl/kernels.ts';

test.each(kernels)('$generated is what its source compiles to', async ({ source, generated }) => {
  expect(readFileSync(generated, 'utf8')).toBe(moduleFor(source, await compileKernel(source)));
});
