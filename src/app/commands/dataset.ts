import type { Command } from 'commander';
import { addCode } from './dataset/code.ts';
import { addSynthetic } from './dataset/synthetic.ts';

export function addDataset(program: Command): void {
  const dataset = program.command('dataset').description("researchers' datasets");
  addSynthetic(dataset);
  addCode(dataset);
}
