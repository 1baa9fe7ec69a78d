import { existsSync } from 'node:fs';
import { join } from 'node:path';
import compression from 'compression';
import express, { Router } from 'express';

/** The addresses that the page itself takes apart. */
const PAGES = ['/', '/fleet', '/wall'];

const NOT_BUILT = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Portolan</title></head>
<body>
<h1>The pages are not built yet</h1>
<p>The server runs and its API answers, but there is nothing to show it with. Run <code>npm start</code>, or <code>pnpm build</code>, and reload.</p>
</body>
</html>
`;

/** The built web app: its page at every address that it knows, hashed files for ever, the rest asked about each time. */
export function pages(root: string): Router {
  const router = Router();
  router.get(PAGES, (_request, response) => {
    response.set('Cache-Control', 'no-cache');
    // Asked each time: a build may come while we run.
    if (existsSync(join(root, 'index.html'))) response.sendFile('index.html', { root, cacheControl: false });
    else response.status(503).type('html').send(NOT_BUILT);
  });
  router.use(
    '/assets',
    // Here alone: it buffers, which the stream must never be.
    compression(),
    express.static(join(root, 'assets'), { index: false, immutable: true, maxAge: '1y', redirect: false }),
  );
  router.use(
    express.static(root, {
      index: false,
      redirect: false,
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
    }),
  );
  return router;
}
