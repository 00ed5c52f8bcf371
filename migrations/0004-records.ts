import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One table for each record type that agencies send, as the contracts stood when it was written; a test compares
 * the tables with the contracts of today and names the column that a later migration has to add.
 *
 * A row is never overwritten: a correction closes it (known_to) and adds the next, so that every past state can be
 * read as the hub knew it. What is withdrawn stays as a row whose op is 'delete', or 'absent' when a full delivery
 * no longer held it. The unique index sees only what holds now. Only what every row must have is NOT NULL: a row that
 * withdraws another need not repeat its content, and what content must hold is the contract's to say.
 */
export class Records implements MigrationInterface {
  readonly name = 'Records0000000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE events.denominator_count (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        period_start date,
        period_end date,
        population text,
        age_band text,
        sex text,
        n integer,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX denominator_count_now ON events.denominator_count (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.person (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        birth_year integer,
        birth_month integer,
        sex text,
        race_ethnicity text[],
        race_as_sent text,
        sexual_orientation text,
        gender_identity text,
        intersex text,
        language text,
        residence_zip3 text,
        residence_county text,
        death_year integer,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX person_now ON events.person (source_agency, surrogate) WHERE known_to = 'infinity';

      CREATE TABLE linkage.person_linkage (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        mode text,
        key_version text,
        clk text,
        tokens text,
        filters text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX person_linkage_now ON linkage.person_linkage (source_agency, surrogate, key_version) WHERE known_to = 'infinity';

      CREATE TABLE events.cw_absence (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        placement_id text,
        absent_from timestamptz,
        discovered_at timestamptz,
        le_report_at timestamptz,
        ncmec_report_at timestamptz,
        returned_at timestamptz,
        return_interview_at timestamptz,
        primary_factor text,
        exploited_during text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX cw_absence_now ON events.cw_absence (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX cw_absence_of_person ON events.cw_absence (surrogate);

      CREATE TABLE events.cw_allegation (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        referral_id text,
        allegation_type text,
        disposition text,
        disposition_date date,
        perpetrator_relation text,
        ncands_maltreatment text,
        cross_reported_le boolean,
        cross_reported_at timestamptz,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX cw_allegation_now ON events.cw_allegation (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX cw_allegation_of_person ON events.cw_allegation (surrogate);

      CREATE TABLE events.cw_case (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        case_id text,
        component text,
        start_date date,
        end_date date,
        end_reason text,
        supervising_agency text,
        court_status text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX cw_case_now ON events.cw_case (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX cw_case_of_person ON events.cw_case (surrogate);

      CREATE TABLE events.cw_csec_history (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        csec_type text,
        start_date date,
        end_date date,
        entered_at timestamptz,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX cw_csec_history_now ON events.cw_csec_history (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX cw_csec_history_of_person ON events.cw_csec_history (surrogate);

      CREATE TABLE events.cw_le_report (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        identified_at timestamptz,
        reported_at timestamptz,
        agency_type text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX cw_le_report_now ON events.cw_le_report (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX cw_le_report_of_person ON events.cw_le_report (surrogate);

      CREATE TABLE events.cw_placement (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        removal_episode_id text,
        facility_type text,
        placement_type text,
        start_date date,
        end_date date,
        end_reason text,
        out_of_county boolean,
        out_of_state boolean,
        csec_specific boolean,
        no_eject_return boolean,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX cw_placement_now ON events.cw_placement (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX cw_placement_of_person ON events.cw_placement (surrogate);

      CREATE TABLE events.cw_protective_custody (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        taken_at timestamptz,
        ended_at timestamptz,
        legal_basis text,
        taken_by text,
        outcome text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX cw_protective_custody_now ON events.cw_protective_custody (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX cw_protective_custody_of_person ON events.cw_protective_custody (surrogate);

      CREATE TABLE events.cw_referral (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        referral_received_at timestamptz,
        reporter_type text,
        screening_decision text,
        csec_flag text,
        csec_special_project_code text,
        jurisdiction text,
        response_tier text,
        contact_made_at timestamptz,
        closed_date date,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX cw_referral_now ON events.cw_referral (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX cw_referral_of_person ON events.cw_referral (surrogate);

      CREATE TABLE events.assessment (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        tool text,
        tool_version text,
        assessed_at date,
        reason text,
        ratings text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX assessment_now ON events.assessment (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX assessment_of_person ON events.assessment (surrogate);

      CREATE TABLE events.awareness_event (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        kind text,
        audience text,
        held_on date,
        reached integer,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX awareness_event_now ON events.awareness_event (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.context_review (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        reviewed_at date,
        factor text,
        considered boolean,
        finding text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX context_review_now ON events.context_review (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX context_review_of_person ON events.context_review (surrogate);

      CREATE TABLE events.demand_activity (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        period_start date,
        period_end date,
        activity text,
        n integer,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX demand_activity_now ON events.demand_activity (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.exploitation_stage_observation (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        stage text,
        observed_at date,
        observer_role text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX exploitation_stage_observation_now ON events.exploitation_stage_observation (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX exploitation_stage_observation_of_person ON events.exploitation_stage_observation (surrogate);

      CREATE TABLE events.identification (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        status text,
        decided_at timestamptz,
        method text,
        form text,
        decided_by_system text,
        decided_by_role text,
        exploitation_kind text,
        exploiter_relation text,
        residence_county text,
        exploitation_county text,
        exploited_out_of_state boolean,
        responsible_county text,
        foreign_born_pathway boolean,
        outside_protocol text[],
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX identification_now ON events.identification (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX identification_of_person ON events.identification (surrogate);

      CREATE TABLE events.mdt_action (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        meeting_id text,
        party text,
        action text,
        agreed_at timestamptz,
        done_at timestamptz,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX mdt_action_now ON events.mdt_action (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX mdt_action_of_person ON events.mdt_action (surrogate);

      CREATE TABLE events.mdt_meeting (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        tier text,
        trigger text,
        identified_at timestamptz,
        first_engaged_at timestamptz,
        support_until timestamptz,
        held_at timestamptz,
        mode text,
        adult_with_youth boolean,
        youth_invited boolean,
        youth_attended boolean,
        confidentiality_script_read boolean,
        safety_plan text,
        parties text[],
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX mdt_meeting_now ON events.mdt_meeting (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX mdt_meeting_of_person ON events.mdt_meeting (surrogate);

      CREATE TABLE events.outside_protocol_count (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        period_start date,
        period_end date,
        population text,
        age_band text,
        n integer,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX outside_protocol_count_now ON events.outside_protocol_count (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.prevention_delivery (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        program text,
        setting text,
        audience text,
        start_date date,
        end_date date,
        sessions integer,
        participants integer,
        completers integer,
        age_band text,
        identified_during integer,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX prevention_delivery_now ON events.prevention_delivery (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.prevention_program_profile (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        program text,
        curriculum_version text,
        setting text,
        audience text[],
        sessions integer,
        hours numeric,
        evidence text,
        valid_from date,
        valid_to date,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX prevention_program_profile_now ON events.prevention_program_profile (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.provider_asset (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        provider_id text,
        valid_from date,
        valid_to date,
        am01 text,
        am04 text[],
        am05 text,
        am06 text[],
        am07 text[],
        am08 text[],
        am09 text,
        am10 text[],
        am11 text[],
        am12 text[],
        components text[],
        capacity_beds integer,
        capacity_slots integer,
        waitlist_n integer,
        locations_confidential boolean,
        placement_type text,
        voca_funded boolean,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX provider_asset_now ON events.provider_asset (provider_id, valid_from) WHERE known_to = 'infinity';

      CREATE TABLE events.screening (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        tool text,
        tool_version text,
        screened_at date,
        setting text,
        trigger text,
        information_source text[],
        screener_role text,
        band text,
        outcome text,
        disclosure_script_read boolean,
        follow_up_opened_at timestamptz,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX screening_now ON events.screening (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX screening_of_person ON events.screening (surrogate);

      CREATE TABLE events.service_event (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        need_code text,
        need_identified_at date,
        offered_at date,
        accepted text,
        start_date date,
        end_date date,
        provider_id text,
        clinician_token text,
        phase text,
        unmet_reason text,
        funding text,
        cost numeric,
        cost_basis text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX service_event_now ON events.service_event (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX service_event_of_person ON events.service_event (surrogate);

      CREATE TABLE events.staff_wellbeing (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        period_start date,
        period_end date,
        party text,
        support text,
        in_place boolean,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX staff_wellbeing_now ON events.staff_wellbeing (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.stage_observation (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        stage text,
        observed_at date,
        observer_role text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX stage_observation_now ON events.stage_observation (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX stage_observation_of_person ON events.stage_observation (surrogate);

      CREATE TABLE events.training_completion (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        staff_hash text,
        party text,
        role text,
        course text,
        competency text[],
        hours numeric,
        completed_at date,
        basis text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX training_completion_now ON events.training_completion (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.training_coverage_count (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        period_start date,
        period_end date,
        party text,
        role text,
        mandated boolean,
        n_in_role integer,
        n_trained integer,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX training_coverage_count_now ON events.training_coverage_count (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.witness_event (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        event text,
        occurred_on date,
        ended_on date,
        mdt_reconvened boolean,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX witness_event_now ON events.witness_event (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX witness_event_of_person ON events.witness_event (surrogate);

      CREATE TABLE events.ed_attendance (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        enrollment_id text,
        period_start date,
        period_end date,
        expected_days numeric,
        attended_days numeric,
        absent_excused numeric,
        absent_unexcused numeric,
        absent_oss numeric,
        iss_days numeric,
        incomplete_is_days numeric,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX ed_attendance_now ON events.ed_attendance (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX ed_attendance_of_person ON events.ed_attendance (surrogate);

      CREATE TABLE events.ed_discipline (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        incident_date date,
        offense_group text,
        result text,
        days numeric,
        swd boolean,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX ed_discipline_now ON events.ed_discipline (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX ed_discipline_of_person ON events.ed_discipline (surrogate);

      CREATE TABLE events.ed_enrollment (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        cds_school text,
        school_type text,
        enrollment_status text,
        grade text,
        start_date date,
        exit_date date,
        exit_reason text,
        completion text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX ed_enrollment_now ON events.ed_enrollment (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX ed_enrollment_of_person ON events.ed_enrollment (surrogate);

      CREATE TABLE events.ed_program (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        program text,
        dwelling text,
        unaccompanied boolean,
        runaway boolean,
        start_date date,
        end_date date,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX ed_program_now ON events.ed_program (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX ed_program_of_person ON events.ed_program (surrogate);

      CREATE TABLE events.ed_support (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        support text,
        start_date date,
        end_date date,
        adhered text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX ed_support_now ON events.ed_support (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX ed_support_of_person ON events.ed_support (surrogate);

      CREATE TABLE events.school_awareness_count (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        period_start date,
        period_end date,
        region text,
        school_level text,
        schools integer,
        schools_trained integer,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX school_awareness_count_now ON events.school_awareness_count (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.county_participation (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        fiscal_year text,
        participating boolean,
        tier text,
        plan_submitted_on date,
        protocol_dated date,
        pilot_scope text,
        model text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX county_participation_now ON events.county_participation (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.recommendation_status (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        recommendation text,
        priority integer,
        due_on date,
        status text,
        as_of date,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX recommendation_status_now ON events.recommendation_status (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.hl_coverage (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        month date,
        aid_category text,
        foster_aid_code boolean,
        managed_care_plan text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX hl_coverage_now ON events.hl_coverage (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX hl_coverage_of_person ON events.hl_coverage (surrogate);

      CREATE TABLE events.hl_diagnosis (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        encounter_id text,
        sequence integer,
        icd10 text,
        fiscal_year integer,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX hl_diagnosis_now ON events.hl_diagnosis (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX hl_diagnosis_of_person ON events.hl_diagnosis (surrogate);

      CREATE TABLE events.hl_encounter (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        service_from date,
        service_to date,
        place_of_service text,
        program text,
        provider_type text,
        clinician_token text,
        disposition text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX hl_encounter_now ON events.hl_encounter (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX hl_encounter_of_person ON events.hl_encounter (surrogate);

      CREATE TABLE events.hl_service (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        encounter_id text,
        need_code text,
        procedure_group text,
        units numeric,
        clinician_token text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX hl_service_now ON events.hl_service (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX hl_service_of_person ON events.hl_service (surrogate);

      CREATE TABLE events.hl_sud_aggregate (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        period text,
        age_band text,
        sex text,
        service text,
        n_members integer,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX hl_sud_aggregate_now ON events.hl_sud_aggregate (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.provider_training_count (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        period_start date,
        period_end date,
        providers_trained integer,
        agencies_with_ebp integer,
        mdt_meetings_joined integer,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX provider_training_count_now ON events.provider_training_count (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.outreach_session (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        facility_type text,
        held_on date,
        curriculum text,
        session_number integer,
        participants integer,
        came_forward integer,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX outreach_session_now ON events.outreach_session (source_agency, source_record_id) WHERE known_to = 'infinity';

      CREATE TABLE events.pr_charge (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        referral_id text,
        statute text,
        level text,
        offense_date date,
        disposition text,
        disposition_date date,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX pr_charge_now ON events.pr_charge (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX pr_charge_of_person ON events.pr_charge (surrogate);

      CREATE TABLE events.pr_court (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        petition_type text,
        filed_at date,
        outcome text,
        outcome_date date,
        lead_agency text,
        specialty_court text,
        conflicting_orders boolean,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX pr_court_now ON events.pr_court (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX pr_court_of_person ON events.pr_court (surrogate);

      CREATE TABLE events.pr_detention (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        facility_type text,
        booked_at timestamptz,
        released_at timestamptz,
        release_reason text,
        status text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX pr_detention_now ON events.pr_detention (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX pr_detention_of_person ON events.pr_detention (surrogate);

      CREATE TABLE events.pr_diversion (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        referral_id text,
        stage text,
        offered_at date,
        ended_at date,
        outcome text,
        record_created boolean,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX pr_diversion_now ON events.pr_diversion (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX pr_diversion_of_person ON events.pr_diversion (surrogate);

      CREATE TABLE events.pr_referral (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        referred_at date,
        source text,
        arrest_date date,
        action text,
        csec_screened boolean,
        exploited_circumstance text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX pr_referral_now ON events.pr_referral (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX pr_referral_of_person ON events.pr_referral (surrogate);

      CREATE TABLE events.pr_supervision (
        source_record_id text NOT NULL,
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record_version integer NOT NULL,
        op text NOT NULL,
        source_updated_at timestamptz NOT NULL,
        effective_date date,
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        supervision text,
        start_date date,
        end_date date,
        end_reason text,
        delivery bigint NOT NULL,
        line integer NOT NULL,
        known_from timestamptz NOT NULL,
        known_to timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE UNIQUE INDEX pr_supervision_now ON events.pr_supervision (source_agency, source_record_id) WHERE known_to = 'infinity';
      CREATE INDEX pr_supervision_of_person ON events.pr_supervision (surrogate);
    `);
    await runner.query(guards);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [schema, tables] of Object.entries(tablesBySchema)) {
      for (const table of tables) await runner.query(`DROP TABLE ${schema}.${table}`);
    }
  }
}

// biome-ignore format: a list of names reads best filled
const tablesBySchema = {
  events: [
  'denominator_count', 'person', 'cw_absence', 'cw_allegation', 'cw_case',
  'cw_csec_history', 'cw_le_report', 'cw_placement', 'cw_protective_custody',
  'cw_referral', 'assessment', 'awareness_event', 'context_review', 'demand_activity',
  'exploitation_stage_observation', 'identification', 'mdt_action', 'mdt_meeting',
  'outside_protocol_count', 'prevention_delivery', 'prevention_program_profile',
  'provider_asset', 'screening', 'service_event', 'staff_wellbeing', 'stage_observation',
  'training_completion', 'training_coverage_count', 'witness_event', 'ed_attendance',
  'ed_discipline', 'ed_enrollment', 'ed_program', 'ed_support', 'school_awareness_count',
  'county_participation', 'recommendation_status', 'hl_coverage', 'hl_diagnosis',
  'hl_encounter', 'hl_service', 'hl_sud_aggregate', 'provider_training_count',
  'outreach_session', 'pr_charge', 'pr_court', 'pr_detention', 'pr_diversion',
  'pr_referral', 'pr_supervision',
  ],
  linkage: ['person_linkage'],
};

/** The loader and the measurer work for every county; whoever else is ever let in reads its own. */
const guards = Object.entries(tablesBySchema)
  .flatMap(([schema, tables]) =>
    tables.map((table) => ({
      name: `${schema}.${table}`,
      reader: schema === 'events' ? 'measurer' : 'linker',
    })),
  )
  .map(
    ({ name, reader }) => `
      ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY county ON ${name}
        USING (governance.may_see_county(county_fips)) WITH CHECK (governance.may_see_county(county_fips));
      CREATE POLICY every_county ON ${name} TO tessera_loader, tessera_${reader} USING (true) WITH CHECK (true);
      GRANT SELECT, INSERT, UPDATE ON ${name} TO tessera_loader;
      GRANT SELECT ON ${name} TO tessera_${reader};`,
  )
  .join('\n');
