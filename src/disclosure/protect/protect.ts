import { performance } from 'node:perf_hooks';
import type { Policy } from '../policy.ts';
import { type PrimaryReason, primaryCells } from '../primary.ts';
import type { Table } from '../table.ts';
import { type Effort, type Protected, protectComponent } from './component.ts';
import { type Component, componentsOf } from './components.ts';
import { type Problem, type Requirement, problemOf } from './problem.ts';
import { type Highs, solver } from './solver.ts';

export const DEFAULT_EFFORT: Effort = { improveSeconds: 10, exactCells: 80, exactSeconds: 10 };
