/** Every entity and migration of the hub, in the order that migrations run. */
import { SchemasAndRoles } from '../../migrations/0001-schemas-and-roles.ts';
import { Ledger } from '../../migrations/0002-ledger.ts';
import { FirstRooms } from '../../migrations/0003-first-rooms.ts';
import { Records } from '../../migrations/0004-records.ts';
import { Intake } from '../../migrations/0005-intake.ts';
import { Measures } from '../../migrations/0006-measures.ts';
import { Releases } from '../../migrations/0007-releases.ts';
import { Access } from '../../migrations/0008-access.ts';
import { Persons } from '../../migrations/0009-persons.ts';
import { AgreementTerms } from '../../migrations/0012-agreement-terms.ts';
import { MadeUpAgencies } from '../../migrations/0014-made-up-agencies.ts';
import { CandidateInputs } from '../../migrations/0019-candidate-inputs.ts';
import { ApiWork } from '../../migrations/0020-api-work.ts';
import { EstimatesOfParts } from '../../migrations/0021-estimates-of-parts.ts';
import { ReportEditions } from '../../migrations/0022-report-editions.ts';
import { Directory } from '../../migrations/0023-directory.ts';
import { Nights } from '../../migrations/0024-nights.ts';
import { ReviewByClaim } from '../../migrations/0025-review-by-claim.ts';
import { MeasuringAtSize } from '../../migrations/0027-measuring-at-size.ts';
import { DatasetRequests } from '../../migrations/0028-dataset-requests.ts';
import { DatasetBundles } from '../../migrations/0029-dataset-bundles.ts';
import { CodeToData } from '../../migrations/0030-code-to-data.ts';
import { RefusedDeliveries } from '../../migrations/0032-refused-deliveries.ts';
import { EstimatesAgain } from '../../migrations/0033-estimates-again.ts';
import { UploadedPrograms } from '../../migrations/0034-uploaded-programs.ts';
import type { Mapping } from '../db/data-source.ts';
import { ReleaseEntity } from '../disclosure/release.entity.ts';
import { RunEntity } from '../runs/run.entity.ts';
import { StageEntity } from '../runs/stage.entity.ts';
import { AgencyEntity } from '../sources/agency.entity.ts';

export const mapping: Mapping = {
  entities: [AgencyEntity, ReleaseEntity, RunEntity, StageEntity],
  migrations: [
    SchemasAndRoles,
    Ledger,
    FirstRooms,
    Records,
    Intake,
    Measures,
    Releases,
    Access,
    Persons,
    AgreementTerms,
    MadeUpAgencies,
    CandidateInputs,
    ApiWork,
    EstimatesOfParts,
    ReportEditions,
    Directory,
    Nights,
    ReviewByClaim,
    MeasuringAtSize,
    DatasetRequests,
    DatasetBundles,
    CodeToData,
    RefusedDeliveries,
    EstimatesAgain,
    UploadedPrograms,
  ],
};
