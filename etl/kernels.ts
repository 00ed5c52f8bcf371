/**
 * Compiles the AssemblyScript kernels. Each is kept beside its source as base64 in a generated module, so that
 * it needs no file at run time: the same bytes serve Node, a worker, a test and a single-file bundle. A test
 * compiles them afresh and holds the kept bytes to the result.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The part of the compiler that we call; its own declarations would add AssemblyScript's globals to ours. */
interface Compiler {
  readonly main: (
    options: readonly string[],
    host: { writeFile: (name: string, contents: Uint8Array | string) => void },
  ) => Promise<{ error: Error | null; stderr: { toString(): string } }>;
}

export interface Kernel {
  readonly source: string;
  readonly generated: string;
}

export const kernels: readonly Kernel[] = [
  { source: 'etl/encode/kernel/assembly/blake2b.ts', generated: 'etl/encode/kernel/blake2b.generated.ts' },
  { source: 'etl/load/kernel/assembly/sha256.ts', generated: 'etl/load/kernel/sha256.generated.ts' },
  { source: 'etl/link/kernel/assembly/dice.ts', generated: 'etl/link/kernel/dice.generated.ts' },
];

export async function compileKernel(source: string): Promise<Uint8Array> {
  const compiler: string = 'assemblyscript/asc';
  const asc = (await import(compiler)) as Compiler;
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      source,
      '--outFile=kernel.wasm',
      '-O3',
      '--noAssert',
      '--runtime=stub',
      '--enable=simd',
      '--enable=relaxed-simd',
      '--importMemory',
      '--memoryBase=64',
    ],
    {
      writeFile: (name, contents) => {
        if (name === 'kernel.wasm' && typeof contents !== 'string') binary = contents;
      },
    },
  );
  if (error !== null) throw new Error(`${source}: ${stderr.toString()}`, { cause: error });
  if (binary === undefined) throw new Error(`${source}: the compiler wrote nothing`);
  return binary;
}

export function moduleFor(source: string, binary: Uint8Array): string {
  const base64 = Buffer.from(binary).toString('base64');
  return `// Compiled from ${source} by \`npm run kernels\`; do not edit.\nexport const wasm =\n  '${base64}';\n`;
}

if (import.meta.main) {
  for (const { source, generated } of kernels) {
    await writeFile(join(process.cwd(), generated), moduleFor(source, await compileKernel(source)));
  }
}
