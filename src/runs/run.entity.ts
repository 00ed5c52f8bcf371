import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

export type RunOutcome = 'running' | 'succeeded' | 'failed' | 'refused';

@Entity({ schema: 'ledger', name: 'run' })
export class RunEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'text', name: 'requested_by' })
  requestedBy!: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'started_at', default: () => 'now()' })
  startedAt!: Date;

  @Column({ type: 'timestamptz', name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  @Column({ type: 'text', default: 'running' })
  outcome!: RunOutcome;
}
