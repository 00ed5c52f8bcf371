import { parentPort, workerData } from 'node:worker_threads';
import { estimateShare, type Share } from './bootstrap.ts';

/** One thread's share of the resamples; it ends by itself when the answer is sent. */
parentPort?.postMessage(estimateShare(workerData as Share));
