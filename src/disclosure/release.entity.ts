import { Column, Entity, PrimaryColumn } from 'typeorm';

export type ReleaseState = 'provisional' | 'final' | 'withdrawn';

@Entity({ schema: 'release', name: 'release' })
export class ReleaseEntity {
  @PrimaryColumn({ type: 'integer' })
  number!: number;

  @Column({ type: 'text' })
  state!: ReleaseState;

  @Column({ type: 'date', name: 'closed_on' })
  closedOn!: string;

  @Column({ type: 'timestamptz', name: 'published_at' })
  publishedAt!: Date;
}
