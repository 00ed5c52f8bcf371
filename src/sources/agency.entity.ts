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

  /** A provider that VOCA funds (28 CFR 94.115): rows about young people come only where its agreement says so. */
  @Column({ type: 'boolean', name: 'voca_funded', default: false })
  vocaFunded!: boolean;

  /** A program under 42 CFR Part 2: that somebody is its client already tells of treatment, so it sends counts only. */
  @Column({ type: 'boolean', name: 'part_2_program', default: false })
  part2Program!: boolean;

  /** What it sends was made up, and everything that is made of it says so. */
  @Column({ type: 'boolean', name: 'made_up', default: false })
  madeUp!: boolean;
}
