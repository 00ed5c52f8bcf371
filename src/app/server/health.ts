import { Router } from 'express';
import type { DataSource } from 'typeorm';

/** `/healthz` says that the process answers, `/readyz` that it can also reach its database. */
export function healthRoutes(api: DataSource): Router {
  return Router()
    .get('/healthz', (_request, response) => {
      response.json({ ok: true });
    })
    .get('/readyz', async (_request, response) => {
      try {
        await api.query('SELECT 1');
        response.json({ ok: true });
      } catch {
        response.status(503).json({ ok: false, reason: 'the database does not answer' });
      }
    });
}
