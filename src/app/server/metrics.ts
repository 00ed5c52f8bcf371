import { timingSafeEqual } from 'node:crypto';
import { type Request, Router } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import type { Settings } from '../../config.ts';
import { workMetrics } from './work-metrics.ts';

export interface Metrics {
  readonly registry: Registry;
  readonly requestSeconds: Histogram<'method' | 'route' | 'status'>;
}

export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'tessera_' });
  const requestSeconds = new Histogram({
    name: 'tessera_request_seconds',
    help: 'Seconds from a request to the end of its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  });
  return { registry, requestSeconds };
}

/** What the process does, and what the work of the hub came to; the second is asked of the database each time. */
export function metricsRoutes(
  { registry }: Metrics,
  api: DataSource,
  { metricsToken }: Pick<Settings, 'metricsToken'>,
): Router {
  return Router().get('/metrics', async (request, response) => {
    if (metricsToken !== undefined && !carries(request, metricsToken)) {
      response.status(401).set('www-authenticate', 'Bearer').type('text').send('A token is needed.\n');
      return;
    }
    const own = new Registry();
    for (const { name, help, labels, values } of await workMetrics(api)) {
      const gauge = new Gauge({ name, help, labelNames: [...labels], registers: [own] });
      for (const { of, value } of values) gauge.set(of, value);
    }
    response.type(registry.contentType).send(`${await registry.metrics()}\n${await own.metrics()}`);
  });
}

function carries(request: Request, token: string): boolean {
  const [wanted, given] = [`Bearer ${token}`, request.get('authorization') ?? ''].map((text) =>
    Buffer.from(text),
  ) as [Buffer, Buffer];
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
