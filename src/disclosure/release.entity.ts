import { Column, Entity, PrimaryColumn } from 'typeorm';

export type Cadence = 'monthly' | 'quarterly' | 'yearly';
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

  /** The state that its signature speaks of, which a withdrawal does not change. */
  @Column({ type: 'text', name: 'signed_as', nullable: true })
  signedAs!: 'provisional' | 'final' | null;

  @Column({ type: 'text', nullable: true })
  cadence!: Cadence | null;

  @Column({ type: 'text', nullable: true })
  period!: string | null;

  @Column({ type: 'integer', nullable: true })
  corrects!: number | null;

  @Column({ type: 'text', nullable: true })
  policy!: string | null;

  @Column({ type: 'date', name: 'known_on', nullable: true })
  knownOn!: string | null;

  @Column({ type: 'text', name: 'linkage_version', nullable: true })
  linkageVersion!: string | null;

  @Column({ type: 'text', name: 'code_version', nullable: true })
  codeVersion!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  definitions!: Readonly<Record<string, number>> | null;

  @Column({ type: 'text', name: 'facts_commitment', nullable: true })
  factsCommitment!: string | null;

  @Column({ type: 'text', name: 'certificate_commitment', nullable: true })
  certificateCommitment!: string | null;

  @Column({ type: 'text', name: 'key_id', nullable: true })
  keyId!: string | null;

  @Column({ type: 'text', name: 'public_key', nullable: true })
  publicKey!: string | null;

  @Column({ type: 'timestamptz', name: 'withdrawn_at', nullable: true })
  withdrawnAt!: Date | null;

  @Column({ type: 'text', name: 'withdrawn_because', nullable: true })
  withdrawnBecause!: string | null;
}
