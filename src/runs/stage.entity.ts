import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { RunEntity } from './run.entity.ts';

export type StageOutcome = 'running' | 'succeeded' | 'unchanged' | 'failed' | 'refused' | 'interrupted';

@Entity({ schema: 'ledger', name: 'stage' })
@Index('stage_by_run', ['runId', 'id'])
@Index('stage_done_once', ['name', 'inputHash'], { unique: true, where: "outcome = 'succeeded'" })
@Index('stage_running_once', ['name', 'inputHash'], { unique: true, where: "outcome = 'running'" })
export class StageEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'uuid', name: 'run_id' })
  runId!: string;

  @ManyToOne(() => RunEntity)
  @JoinColumn({ name: 'run_id', foreignKeyConstraintName: 'stage_run_id_fkey' })
  run!: Relation<RunEntity>;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text', name: 'input_hash' })
  inputHash!: string;

  @Column({ type: 'timestamptz', name: 'started_at', default: () => 'clock_timestamp()' })
  startedAt!: Date;

  @Column({ type: 'timestamptz', name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  @Column({ type: 'text', default: 'running' })
  outcome!: StageOutcome;

  @Column({ type: 'bigint', name: 'rows_in', default: 0 })
  rowsIn!: string;

  @Column({ type: 'bigint', default: 0 })
  accepted!: string;

  @Column({ type: 'bigint', default: 0 })
  rejected!: string;

  @Column({ type: 'text', name: 'error_code', nullable: true })
  errorCode!: string | null;
}
