/** A job with its luggage unpacked: the parsed request and the network profile. Checked where they were made, at the border. */
import type { TestRequest } from '#lib/analyzers/request.ts';
import type { NetworkProfile } from '#lib/net/profile.ts';
import type { Job } from '#lib/run/job.ts';

export type TestJob = Job<TestRequest, NetworkProfile>;

/** What a run may take if nobody says otherwise. */
export const RUN_BUDGET_MS = 180_000;
