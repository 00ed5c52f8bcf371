import { Column, Entity, PrimaryColumn } from 'typeorm';

export type System = 'child_welfare' | 'probation' | 'health' | 'education' | 'cross_system';

@Entity({ schema: 'governance', name: 'agency' })
export class AgencyEntity {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  system!: System;

  @Column({ type: 'text', name: 'county_fips' })
  countyFips!: string;

  /** Deduplicated its own records before it sent them: at most one of them is of any one person. */
  @Column({ type: 'boolean', default: false })
  deduplicated!: boolean;
}
